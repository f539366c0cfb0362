### The moderators' page. Read by trained people at work, often tired, after hard words.
### Voice: short, present tense, plain, warm. No hurry, no numbers of what waits, no colour of alarm.

## A flag, its words, and the decision

# Moderators' desk, while the next flag is fetched.
review-looking = Looking for the next one.
# Moderators' desk, when no flag waits. Tone: calm.
review-none = Nothing waits for you now.
# Moderators' desk, under the line that nothing waits.
review-none-hint = Take a breath. You can look again any time.
# Moderators' desk, button that looks for the next flag.
review-look = Look again
# Category of a flag: somebody may be in danger.
category-danger = Danger
# Category of a flag: sexual words, contact details or money.
category-contact = Sexual, contact or money
# Category of a flag: abuse.
category-abuse = Abuse
# Category of a flag: a mistake somebody made.
category-mistake = Mistake
# Category of a flag: anything else, also "I need backing".
category-other = Other
# Flag: who flagged, the person who came to talk.
review-by-client = Flagged by the person who came to talk
# Flag: who flagged, a peer.
review-by-peer = Flagged by a peer
# Flag: its age in whole days.
review-age = { $days ->
    [0] Came today
    [one] Came yesterday
   *[other] Came { $days } days ago
 }
# Flag: whether its talk still runs.
review-open = The talk is open.
# Flag: its talk is closed.
review-closed = The talk is closed already.
# Flag: its talk was deleted by the person.
review-deleted = They deleted the talk. Only what was flagged is here.
# Flag, heading above the flagged messages.
review-words = The words
# Flag, what a moderator sees and does not.
review-limits = You see only what someone chose to send. The rest of the talk stays closed.
# Flag, on the cover of a message. $category is the category of the flag, nothing of the words.
review-cover = Covered. Category: { $category }
# Flag, button that uncovers one message.
review-show = Show
# Screen reader's name of that button. $number is the message's place in this flag.
review-show-one = Show message { $number }
# Flag, button that uncovers all messages.
review-show-all = Show all
# Flag, who wrote a message: the person who came to talk.
review-from-client = The person who came to talk
# Flag, who wrote a message: somebody of the team. $alias is never inflected.
review-from-staff = { $alias }, of the team
# Flag, who wrote a message: somebody whom the team's list does not name any more.
review-from-unlisted = Someone not on the team's list
# Flag, when a message was written, by its writer's clock.
review-when = { DATETIME($time, day: "numeric", month: "long", hour: "numeric", minute: "numeric") }
# Flag, between messages: how many of the talk were not disclosed.
review-gap = { $count ->
    [one] 1 message not shown
   *[other] { $count } messages not shown
 }
# Flag, in place of a message whose content is not words. $kind is a short technical word.
review-kind = This is not words, but a sign of the page: { $kind }
# Flag, heading of what the reporter gave as reason.
review-why = Why it was flagged
# Flag, heading of the reporter's note.
review-note = Their note
# Flag, when no reason and no note came with it.
review-no-why = They gave no reason. That is always OK.
# Flag, in place of its content, when this browser holds no key for it.
review-no-key = This one was sealed before you joined, so you cannot open it. Leave it to someone else of the team.
# Decision, heading.
decide-title = What happens now
# Decision: nothing is done about anyone.
decide-none = No action
# Decision: the talk is closed for both.
decide-close = Close this room
# Decision, label of the reasons.
decide-reason = Reason
# Reason of a decision.
reason-nothing-wrong = Nothing wrong here
# Reason of a decision.
reason-not-clear = Not clear enough to act
# Reason of a decision.
reason-kept-as-note = Kept as a note
# Reason of a decision.
reason-asked-contact = Asked for or gave contact details
# Reason of a decision.
reason-sexual = Sexual
# Reason of a decision.
reason-money = Money
# Reason of a decision.
reason-abuse = Abuse
# Reason of a decision.
reason-danger = Danger
# Reason of a decision.
reason-other = Other
# Decision, label of the one line that goes with every decision.
decide-line = One line for the team
# Decision, under that field: who reads it. RISK: keeps quotes out.
decide-line-hint = Only moderators read it. Leave out the words themselves.
# Decision, the button that leads to the question below.
decide-go = Decide
# Decision, asked before it is final, heading.
decide-ask = Is this right?
# Decision, the chosen act and reason once more.
decide-chosen = { $act }: { $reason }
# Decision, before the exact words the person who flagged will read.
decide-reads = The one who flagged reads:
# Decision, the button that makes it final.
decide-yes = Yes, this is right
# Decision, the button that goes back to the form.
decide-back = Go back
# Decision, while it is on its way.
decide-sending = Writing it down.
# Decision, button to the next flag.
decide-next = Next
# Decision: someone else decided this, or its time with this moderator is over.
decide-gone = This one is not with you any more.

## The desk

# Moderators' desk, button: the flag that is next for this moderator.
desk-part-next = Next for you
# Moderators' desk, button: second opinions and appeals that wait for this very moderator.
desk-part-asked = Asked of you
# The same button while something waits there. Never a number.
desk-part-asked-waits = Asked of you: someone waits
# Moderators' desk, button: peers who take no new talks.
desk-part-pauses = Paused peers
# Moderators' desk, button: decided flags, while they are kept.
desk-part-kept = Kept flags

## What came of a flag that was in view

# Moderators' desk, spoken and shown when a flag was decided. Tone: calm.
done-decided = Done. Take the time you need.
# Moderators' desk, after a flag was handed on to another moderator.
done-handed-on = Handed on. Someone else reads it next.
# Moderators' desk, after the one who flagged was asked for more.
done-asked-more = Asked. It comes back when they answer.
# Moderators' desk, after somebody was asked by name to read it too.
done-asked-second = Asked. It comes back if they would do something else.

## A flag

# Flag: the one who flagged was asked for more, and did not answer yet.
review-more-asked = They were asked for more, and have not answered yet.
# Flag: the one who flagged was asked for more, and sent it.
review-more-given = They were asked for more, and sent it.
# Flag: the one who flagged was asked for more, and would rather not. RISK: no blame.
review-more-refused = They were asked for more, and chose not to. That is always OK.
# Flag, beside a message that was sent later, when a moderator asked for more.
review-later = Sent when asked for more
# Flag, on the cover of what is left of a message that is shown in parts.
review-cover-rest = The rest is covered.
# Flag, button that uncovers a message piece by piece.
review-show-parts = Show in parts
# Screen reader's name of that button. $number is the message's place in this flag.
review-show-parts-one = Show in parts: message { $number }
# Flag, button that uncovers the next piece of a message.
review-show-more = Show more
# Screen reader's name of that button. $number is the message's place in this flag.
review-show-more-one = Show more of message { $number }
# Flag, under a drawing, which is small and grey first: button that shows it as it was drawn.
review-larger = Show it larger
# Flag, under a drawing that was made larger.
review-smaller = Make it small again
# Flag, heading above lines that other moderators wrote about it.
review-notes = Notes from the team
# Flag, in place of a note that this browser holds no key for.
review-note-shut = This note does not open with your keys.
# Flag: another moderator gave it to whoever reads it now.
review-handed-on = Another moderator would like a second look at this.
# Flag: the second reader would do something else. $alias is never inflected.
review-differs = { $alias } read it and would do something else. You can decide anew, or ask another person.
# Flag: the second reader would report it too. $alias is never inflected.
review-report-agreed = { $alias } would report it too. The flag stays here to be decided.

## Not now, or not alone

# Flag, heading above the two ways not to decide it now. Tone: both are fine.
ways-title = Not ready to decide?
# Flag, button: asks the one who flagged to send more words.
ways-more = Ask for more context
# Flag, asked before that goes out. RISK: it is asked once, and they may say no.
ways-more-ask = Ask the one who flagged to send more words? They can say no. You can ask once.
# Flag, button that sends the question.
ways-more-yes = Yes, ask
# Flag, button and heading: another moderator reads it next.
ways-hand-on = Hand on for a second opinion
# Flag, in place of that button.
ways-hand-on-off = Handing on is off, because no other moderator is listed.
# Flag, what handing on does.
ways-hand-on-what = Another moderator reads it next. It does not come back to you.
# Flag, button that hands it on.
ways-hand-on-yes = Hand it on

## Acts

# Decision: a moderator talks with the peer outside of the service, and writes down that they do.
decide-talk = Talk with the peer
# Decision: a peer takes no new talks. Takes two people.
decide-pause = Pause a peer
# Decision: the talk ends for the peer, and the person may meet somebody else.
decide-reoffer = End and offer another peer
# Decision: the words are to be reported outside, where the law asks for it. Takes two people.
decide-report = Report outside Beside
# Decision, under its heading: which acts can be taken back.
decide-undo = A pause can be lifted, and an ended talk can go on with someone else. Closing and reporting cannot be undone.
# Decision, under its heading, where nothing is reported outside: which acts can be taken back.
decide-undo-no-report = A pause can be lifted, and an ended talk can go on with someone else. Closing cannot be undone.
# Decision, why most acts are off: a message does not match its proof.
decide-off-bad = All that affects someone is off, because the words and the proof do not match.
# Decision, why most acts are off: a message cannot be checked.
decide-off-wait = All that affects someone is off, because we cannot check every message yet.
# Decision, why two acts are off: the talk is closed already.
decide-off-closed = Ending and closing are off, because the talk is closed already.
# Decision, why acts of two people are off: there is nobody to ask.
decide-off-alone = What takes two people is off, because nobody else is listed.
# Decision, why pausing is off: nobody whom it could be about is listed.
decide-off-nobody = Pausing is off, because no peer on the list spoke in this talk.
# Decision, label of the choice between the peers who spoke in the talk.
decide-whom = Which peer
# Decision, label of the choice of a second person.
decide-second = Who reads it with you
# Decision, under that label. RISK: true word for word.
decide-second-hint = The words are sealed again, for them alone. They are not told what you would do.
# Decision of two, the button that leads to the question below.
decide-ask-second = Ask them
# Decision, whom a pause is about. $alias is never inflected.
decide-about = About { $alias }
# Decision, talking with the peer: what happens then.
decide-then-talk = You talk with them yourself, outside Beside. Here it is only written down.
# Decision, a pause: what happens then.
decide-then-pause = They take no new talks until someone lifts it. Open talks go on. They can ask someone new to look again.
# Decision, end and offer another: what happens then.
decide-then-reoffer = The peer's part ends at once. The person keeps the talk and can go on with someone else.
# Decision, closing, what happens to both.
decide-then-close = The talk closes for both of them at once. This cannot be undone.
# Decision, reporting outside: what happens then.
decide-then-report = You two can save a file of these words for seven days. The flag stays to be decided.
# Decision, a pause by one person alone. RISK: an exception, so its end is said.
decide-alone = Nobody else is listed to ask. So this pause ends by itself after 72 hours.
# Decision of two, whom it goes to. $alias is never inflected.
decide-to = { $alias } reads the same words, and does not learn what you chose. If both choose the same, it is done.
# Second opinion, before it is final. $alias asked for it, and is never inflected.
decide-second-by = If { $alias } chose the same, it is done now. If not, it goes back to them.
# Decision of two, before the exact words the person who flagged will read.
decide-reads-both = If both choose this, the one who flagged reads:
# Decision: it takes two people, and who was chosen cannot be asked any more.
decide-second-needed = This takes someone else, and they cannot be asked any more. Look who is listed now.
# Decision: another moderator or coordinator left a line on this flag in between; it is shown now, and nothing was decided.
decide-read-again = A colleague wrote a line meanwhile. Read it first.
# Decision: all the words together are longer than what can be shown to a second person.
decide-too-long = These words are too long to show to someone by name. Hand it on instead.

# What a client reads who flagged, shown before it is final. Exact twin of outcome-talked.
reads-client-talk = A moderator read what you sent, and the team talked with the peer. You can switch or stay.
# What a client reads who flagged, shown before it is final. Exact twin of outcome-paused.
reads-client-pause = A moderator read what you sent. We have asked the peer not to take new talks while we look. You can switch or stay.
# What a client reads who flagged, shown before it is final. Exact twin of outcome-reoffered.
reads-client-reoffer = A moderator read what you sent, and ended the talk with that peer. You can go on with someone else.
# What a client reads who flagged, shown before it is final. Exact twin of outcome-reported.
reads-client-report = A moderator read what you sent. The words you picked may be passed on, because the law asks for it.

## A report outside, agreed by two

# Report, what the file is for. RISK: the one way in which words leave the service.
pack-why = You two can save these words for those whom the law names, for seven days.
# Report, button.
pack-save = Save the report file
# Report, asked before the file is made. RISK: words leave the service.
pack-ask = Save these words on this machine? They leave Beside that way, and it is written down.
# Report, button that makes the file.
pack-yes = Yes, save the file
# Report, button that leaves it.
pack-no = Go back
# Report, said when the file was handed to the browser.
pack-saved = The file is on its way to your downloads. Keep it where only you look.
# Report file, first line.
pack-title = Words of one talk at Beside, picked by someone who was in it
# Report file, the day on which the words were flagged.
pack-opened = Flagged on { DATETIME($day, day: "numeric", month: "long", year: "numeric", timeZone: "UTC") }
# Report file, the category of the flag.
pack-category = Category: { $category }
# Report file, when a message was written. RISK: it is what the writer's machine said, and no proof of the time.
pack-when = { DATETIME($time, day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "numeric", timeZone: "UTC", timeZoneName: "short") } by their own clock
# Report, where the file would be: this browser holds no key for the words, or they are damaged.
pack-shut = These words do not open here, so there is no file.
# Report, where the file would be: some message does not match its proof, or cannot be checked.
pack-unproven = Not every message checks out, so there is no file.
# Report, where the file would be: its seven days are over, or it was not agreed.
pack-gone = This file cannot be saved any more.
# Report file, last line. RISK: true word for word.
pack-limits = Only what was picked is here. Beside does not know who or where the person who came to talk is.

## What is asked of this very person, also on the coordinators' page

# Second opinions and appeals, heading.
second-title = Asked of you
# A second opinion that waits, and the heading above it. $alias asks, and is never inflected.
second-by = { $alias } asks you for a second opinion
# Button that opens it.
second-read = Read it
# Button that closes it without an answer.
second-later = Later
# Second opinion, above the acts. RISK: true word for word.
second-own = Choose what you would do. You are not shown what the other one chose.
# Second opinion, afterwards: both chose the same.
second-agreed = You both chose the same. It is done.
# Second opinion, afterwards: they did not. Tone: nothing wrong with that.
second-differs = You two would do different things. It goes back to the one who asked.
# Heading above what this person and another agreed to report, while its file can be saved.
second-reported = Agreed to report
# Agreed to report, with whom. $alias is never inflected.
second-reported-with = With { $alias }
# Agreed to report, where the other one is not on the team any more.
second-reported-left = With someone who left
# Agreed to report, the last day for its file. $day is a date.
second-reported-until = The file can be saved until { DATETIME($day, day: "numeric", month: "long", timeZone: "UTC") }
# Heading above what this moderator asked others.
second-mine = You asked
# Somebody was asked, and did not answer yet. $alias is never inflected.
second-to = { $alias } has not answered yet
# Button that opens the flag again, to ask another person or to decide otherwise.
second-reopen = Open it again
# When nothing is asked. Tone: calm.
second-none = Nothing is asked of you now.

# A paused peer's appeal, heading. $alias is never inflected.
appeal-title = { $alias } asks you to look again
# Appeal, what it is. $reason is a short reason of the list.
appeal-why = They are paused ({ $reason }), and you had no part in that.
# Appeal, when its words do not open.
appeal-shut = Their words do not open with your key.
# Appeal, on the cover of its words.
appeal-covered = Their words, covered
# Appeal, label of the choice.
appeal-what = What you decide
# Appeal, a choice.
appeal-lift = Lift the pause
# Appeal, a choice.
appeal-uphold = Let the pause stand
# Appeal, button.
appeal-send = Decide it
# Appeal, once it is decided.
appeal-answered = Your decision on the pause is written down.
# Pauses, appeals and kept flags: label of the one line in the trail.
trail-reason = Why, in one line
# Under that label. RISK: the service can read this line, so nothing of a talk goes there.
trail-reason-hint = This line is not sealed. Leave out words of a talk, and who it is about.

# A coordinator would suspend somebody, heading. $alias is never inflected.
propose-title = Suspend { $alias }?
# Who would suspend them. $alias is never inflected.
propose-by = { $alias } asks for it.
# Why: somebody's safety.
propose-reason-safety = It is about someone's safety.
# Why: how they behave at work.
propose-reason-conduct = It is about how they work here.
# Why: their key may be in other hands.
propose-reason-key-lost = Their key is lost.
# Why: they wish it themselves.
propose-reason-asked = They wish it themselves.
# Why: anything else.
propose-reason-other = There is another reason.
# What suspending does.
propose-then = They cannot sign in then, and the team's keys change. A coordinator can restore them.
# Button: agrees.
propose-agree = Agree
# Asked before it counts. $alias is never inflected.
propose-ask = Do you agree that { $alias } is suspended?
# Button that makes it count.
propose-yes = Yes, I agree
# Button: does not agree.
propose-no = I do not agree
# Once this person answered.
propose-answered = Your answer is written down.
# The proposal was withdrawn, or answered by somebody else.
propose-gone = This proposal is over already.

## Paused peers

# Paused peers, heading.
pauses-title = Paused peers
# Paused peers, what a pause is.
pauses-what = They take no new talks. Talks that were open go on.
# Paused peers, when there is none.
pauses-none = Nobody is paused.
# Paused peers, the day it began.
pauses-since = Since { DATETIME($day, day: "numeric", month: "long", timeZone: "UTC") }.
# Paused peers, when it ends by itself.
pauses-until = It ends by itself on { DATETIME($time, day: "numeric", month: "long", hour: "numeric", minute: "numeric") }.
# Paused peers, who paused them, alone. $alias is never inflected.
pauses-by = Paused by { $alias }.
# Paused peers, the two who paused them, never inflected.
pauses-by-two = Paused by { $alias } and { $second }.
# Paused peers, they asked somebody new to look again, who did not answer yet.
pauses-appeal-open = They asked someone new to look again.
# Paused peers, somebody new looked again and let it stand.
pauses-appeal-upheld = Someone new looked again, and let it stand.
# Paused peers, button that opens the line for a reason.
pauses-lift = Lift it
# Screen reader's name of that button. $alias is never inflected.
pauses-lift-one = Lift it: { $alias }
# Paused peers, button that ends the pause.
pauses-lift-yes = Lift the pause now
# Pauses, once this person lifted one.
pauses-lifted = The pause is lifted.
# Pauses: it ended before.
pauses-gone = This pause is over already.

## Kept flags

# Kept flags, heading.
kept-title = Kept flags
# Kept flags, what they are. RISK: true word for word.
kept-what = Decided flags go by themselves after a time. Held ones stay until someone lets them go. No words are shown here.
# Kept flags, when there is none.
kept-nothing = Nothing is kept now.
# Kept flags, in the place of the day of the decision: someone holds it, and nobody decided yet.
kept-undecided = Not decided yet
# Kept flags, the day of the decision.
kept-day = Decided on { DATETIME($day, day: "numeric", month: "long", timeZone: "UTC") }
# Kept flags, what was decided: nothing was done about anyone.
kept-act-none = no action
# Kept flags, what was decided: a moderator talks with the peer.
kept-act-talk = talked with the peer
# Kept flags, what was decided: a peer was paused.
kept-act-pause = a peer was paused
# Kept flags, what was decided: the talk ended for the peer.
kept-act-reoffer = ended, another peer was offered
# Kept flags, what was decided: the talk was closed.
kept-act-close = the talk was closed
# Kept flags: it was reported outside.
kept-reported = reported outside
# Kept flags: it stays.
kept-held = held
# Kept flags, button that opens the line for a reason.
kept-hold = Hold it
# Kept flags, what holding does.
kept-hold-then = It stays until someone lets it go. Anyone of the team who decides flags can do that.
# Kept flags, button that holds it.
kept-hold-yes = Hold it now
# Kept flags, button that opens the line for a reason.
kept-let-go = Let it go
# Kept flags, what letting go does.
kept-let-go-then = It goes when its time comes.
# Kept flags, button that lets it go.
kept-let-go-yes = Let it go now
# Kept flags, once this person held one or let it go.
kept-done = Written down.
# Kept flags: it went meanwhile.
kept-gone = This one is gone already.

## Doses of heavy reading

# Moderators' desk, where in a batch this flag is. Never how many wait.
dose-at = Batch: { $at } of { $of }
# Moderators' desk, button: nothing comes until the moderator is back. Tone: always fine.
dose-rest = Take a break
# After eight flags, heading. Tone: caring.
dose-batch = That was a whole batch.
# After three heavy flags, heading. Tone: caring.
dose-heavy = Those were three heavy ones.
# Under that heading. RISK: no reason is asked.
dose-choose = Go on, or take a break. Nobody asks why.
# Button: the next flag comes.
dose-go-on = Go on now
# During a break. Tone: calm.
dose-resting = You are on a break. Nothing comes.
# During a break, button.
dose-back = I am back
# During a break, heading of a moment for the moderator. Tone: warm, no duty in it.
dose-after = A moment for you
# Moderators' desk, folded: categories that do not come today.
dose-skip = Skip something today
# Label of the categories.
dose-skip-which = Not for me today
# Under that label. RISK: nobody is told.
dose-skip-hint = Someone else reads these. Tomorrow they come again.
