### The coordinators' page. Read by whoever runs the service: careful people with little time.
### Voice: short, present tense, plain; it says exactly what a step does, and what it cannot undo.

## Setting the service up

# Set-up page, main heading, for whoever opened the one-time link of a new service. Tone: calm, a good beginning.
setup-title = Set up Beside
# Set-up page, first paragraph: what happens here.
setup-what = You are the first here. This page makes the keys of your service and your own account as its coordinator.
# Set-up page, second paragraph: where the root key is. RISK: people trust this, so it is exact.
setup-where = The main key is made in this browser. It is locked for you before it leaves, and the server never has it open. With it you say who is on the team.
# Set-up page, the main button.
setup-send = Set up
# Coordinators' page, heading where no service is set up and the page was not opened by the set-up link.
setup-not-yet = This service is not set up yet.
# Under it, before a command to type. For whoever runs the server.
setup-not-yet-how = Setting it up takes a link that works once. Whoever runs the server gets it there with this command:
# Set-up page: the link was used, is cut off, or was never given out.
setup-used = This link does not open. It works once. If you set up the service before, sign in. If not, ask whoever runs the server for the link.
# Set-up, under the twelve words of the first coordinator. RISK: losing them may end the service.
setup-only = Nobody else can open the service yet. Until a second coordinator joins, these words are the only way back in.
# Set-up, heading above three fields that ask some of the words back.
setup-prove = Three words back
# Set-up, why the words are asked back. Tone: friendly, no test.
setup-prove-why = Type these from what you kept. Then you know that it is all there.
# Set-up, label of a field. $place is the number of the word, 1 to 12.
setup-word = Word { NUMBER($place) }
# Set-up, said when the words typed back are others. Tone: no blame.
setup-words-differ = Those are not the words yet. Look at what you kept, or show them again.
# Set-up, button that checks the three words.
setup-prove-go = Go on
# Set-up, button that shows all twelve words once more.
setup-again = Show my words again
# Set-up, heading when all is done.
setup-done = Your service is there.
# Set-up, before the list of what comes next.
setup-next = What comes next:
# Set-up, first of three steps.
setup-next-sign-in = Sign in here with the name and password you chose.
# Set-up, second of three steps. RISK: one person alone can lose the service.
setup-next-second = Invite a second coordinator, so that it goes on without you.
# Set-up, third of three steps.
setup-next-team = Invite moderators and peers, and set your hours.

## The coordinators' desk

# Coordinators' desk, label of the buttons that choose the part.
coord-parts = Parts of the desk
# Coordinators' desk, a part: who is on the team.
coord-part-team = Team
# Coordinators' desk, a part: opening hours.
coord-part-hours = Hours
# Coordinators' desk, a part: how long talks are kept.
coord-part-keeping = Keeping
# Coordinators' desk, a part: what moderators and coordinators did.
coord-part-deeds = What was done
# Coordinators' desk, while something is fetched. Tone: still.
coord-looking = Looking.
# Coordinators' desk, button that fetches everything again.
coord-look = Look again
# Coordinators' desk, until when the signed list of the team is good. $day is a date.
coord-list-until = The team's list is good until { DATETIME($day, day: "numeric", month: "long") }.
# Coordinators' desk, button: a new list for 35 days, with new team keys.
coord-renew = Renew it
# Coordinators' desk, refused: another coordinator changed the list a moment before.
coord-problem-first = Someone else changed the list a moment ago. This is the new one. Look, and try again if it is still needed.
# Coordinators' desk, refused: a name twice, or nobody left to coordinate, or it still takes a second person.
coord-problem-list = The list cannot be like that. Two people may have one name. Or nobody is left to coordinate. Or a second person has yet to agree.
# Coordinators' desk, refused: what this was about is not there any more.
coord-problem-gone = That has changed in the meantime. This is how it is now.
# Coordinators' desk, refused: the identity store came back from a backup while this page was open.
coord-problem-behind = The list here is older than one that was in use. Open this page again to put it right.
# Coordinators' desk, refused: somebody on the screen is not as the server says by now, so nothing was signed. RISK: may be an attack.
coord-problem-changed = Someone here is not what you saw when you tapped. Nothing was signed. This is how it is now. If a name or a line changed, ask that person.
# Coordinators' desk and set-up, refused: the server's clock is more than a day from this device's. RISK: may be an attack.
coord-problem-clock = This device and the server are more than a day apart. Nothing was signed. Look at the date of this device, or tell whoever runs the server.
# Coordinators' desk, refused: somebody asked for this already.
coord-problem-asked = Someone asked for this already.

## A list that came back from a backup

# Coordinators' desk, heading in place of everything else: the list is older than one that was in use. Tone: calm.
recover-title = This list came back from a backup
# Under it, what that means. RISK: people who left could be let in again.
recover-what = It is older than the list in use. People who left since then may be on it again. Until it is right, nothing else can change.
# Under it, what to do. Nobody is picked beforehand.
recover-who = Pick everyone who is still on the team. Whoever you leave out is not listed any more.
# Under the people: those admitted after the backup have no account any more.
recover-since = Whoever joined after the backup needs a new invitation.
# Button that signs the list of those who are picked and of oneself. $count is a whole number.
recover-go = { $count ->
    [0] Only I am still here
    [one] { $count } other person and I are still here
   *[other] { $count } other people and I are still here
}

## What was done, said once after it

# Said after an invitation was made.
did-invite = The invitation is ready to hand over.
# Said after an invitation was taken back.
did-withdraw = The invitation is taken back.
# Said after newcomers were admitted.
did-admit = They are on the team now, and the team has new keys.
# Said after the list was put right that came from a backup.
did-recover = The list is right again, and the team has new keys.
# Said after the list was renewed.
did-renew = The list is renewed, and the team has new keys.
# Said after somebody was let go.
did-let-go = They are not on the team any more, and the team has new keys.
# Said after a suspension was asked for.
did-propose = A second person has been asked. Nothing has changed yet.
# Said after somebody was suspended.
did-suspend = They are suspended, and the team has new keys.
# Said after a suspension was turned down or taken back.
did-refuse = Nobody is suspended.
# Said after a suspended person came back.
did-restore = They are back on the team, and the team has new keys.
# Said after the number of talks at once was changed.
did-limit = Changed. It counts from their next few minutes on.

## The team

# Team, heading of a card while there is one coordinator only. RISK: the service can be lost.
coord-second = A second coordinator
# Team, in that card. RISK: the service can be lost.
coord-second-why = You are the only coordinator. If your key is lost, nobody can change the team again. Invite a second one before you begin.
# Team, heading of the coordinators.
coord-role-coordinators = Coordinators
# Team, heading of the moderators.
coord-role-moderators = Moderators
# Team, heading of the peers.
coord-role-peers = Peers
# Team, there is none.
coord-no-coordinator = Nobody coordinates.
# Team, there is none.
coord-no-moderator = No moderator yet. Admit one before you open: nobody can read what is flagged until then.
# Team, there is none.
coord-no-peer = No peer yet. Nobody can be met until one joins.
# Team, a role, on a short mark and in a choice.
coord-role-coordinator = Coordinator
# Team, a role, on a short mark and in a choice.
coord-role-moderator = Moderator
# Team, a role, on a short mark and in a choice.
coord-role-peer = Peer
# Team, mark on oneself.
coord-me = You
# Team, mark: sign-in asks for a code, too.
coord-second-factor = Code at sign-in
# Team, mark: sign-in asks for no code.
coord-no-second-factor = No code at sign-in
# Team, mark on a peer: how many talks at once they may have.
coord-limit-is = { $limit ->
    [one] 1 talk at once
   *[other] { $limit } talks at once
 }
# Team, mark: somebody asked for this person to be suspended.
coord-proposed = Suspension asked for
# Team, what somebody speaks. $languages is a list of names.
coord-speaks = Speaks { $languages }
# Team, button that opens what can be changed about somebody.
coord-change = Change
# Team, screen reader's name of that button. $alias is never inflected.
coord-about = Change something about { $alias }
# Team, screen reader's name of the same button while it is open; it begins with the word on it. $alias is never inflected.
coord-about-close = Close what can change about { $alias }
# Team, label of the choice between 1, 2 and 3 talks at once.
coord-limit = Talks at once
# Team, one of those three choices.
coord-limit-number = { NUMBER($limit) }
# Team, button: an invitation for the same person, who lost the key or the password.
coord-new-key = Same person, new key
# Team, in place of that button once such an invitation is there.
coord-new-key-made = A new key is on its way
# Team, before that button, when it helps.
coord-new-key-why = Someone who lost their key or password keeps their place with a new one. Their talks come back when the other person does.
# Team, button that opens the form for a suspension.
coord-suspend = Ask to suspend
# Team, in place of that button, where nobody could agree.
coord-suspend-alone = It takes two people to suspend someone, and there is no second one. You can let them go, or a peer can be paused.
# Team, in the form for a suspension, how it works.
coord-suspend-how = Someone else is asked: a coordinator or a moderator. If they agree within seven days, this person is off the list until someone restores them.
# Team, label of the reasons for a suspension.
coord-suspend-reason = Reason
# Team, button that asks the second person.
coord-suspend-go = Ask a second person
# Reason of a suspension: somebody could be hurt.
suspend-safety = Someone's safety
# Reason of a suspension: how somebody acted.
suspend-conduct = How they work here
# Reason of a suspension: a key or device may be in other hands.
suspend-key-lost = Their key is lost
# Reason of a suspension: the person wants it.
suspend-asked = They wish it themselves
# Reason of a suspension: another one.
suspend-other = Another reason
# Team, button that opens the question whether somebody leaves for good.
coord-let-go = Let go
# Team, asked before a coordinator is let go: what they could still hold. RISK: exact, so that nobody is lulled.
coord-let-go-coordinator = Let { $alias } go? They are signed out at once. They may still hold the main key. With the server's help it could sign a false list. No new main key can take its place in this version.
# Team, asked before a moderator is let go: what they could still hold. RISK: exact.
coord-let-go-moderator = Let { $alias } go? They are signed out at once, and the team gets new keys. They know what they read. They hold no key to what is flagged from now on.
# Team, asked before a peer is let go: what they could still hold. RISK: exact.
coord-let-go-peer = Let { $alias } go? They are signed out at once, and the team gets new keys. They may still hold keys to their own talks and to people who waited. Each is changed when that person comes back. Until then only our server keeps them out.
# Team, under a question about a coordinator's suspension: what they could still hold. RISK: exact.
coord-let-go-coordinator-held = { $alias } may still hold the main key after that.
# Team, under a question about a moderator's suspension.
coord-let-go-moderator-held = { $alias } knows what they read, and gets no new keys.
# Team, under a question about a peer's suspension. RISK: exact.
coord-let-go-peer-held = { $alias } may hold keys to their own talks until the other person comes back.
# Team, the button that lets somebody go.
coord-let-go-yes = Yes, let them go
# Team, heading of questions about suspensions.
coord-proposals = Suspensions asked for
# Team, who asked for a suspension; the reason follows as a sentence of its own. $by is an alias.
coord-proposed-by = { $by } asks for it. The reason:
# Team, one's own question, while nobody has answered.
coord-proposed-wait = A second person has yet to answer. The question ends after seven days.
# Team, one's own question; the reason follows as a sentence of its own.
coord-proposed-by-me = You ask for it. The reason:
# Team, asked of the second person before it is done. $alias is an alias.
coord-agree-ask = Suspend { $alias }? They are signed out at once, and the team gets new keys.
# Team, the button that does it.
coord-agree-yes = Yes, suspend
# Team, the button that changes nothing, beside any question.
coord-ask-no = No, change nothing
# Team, before the only moderator is let go. RISK: undecided flags are lost.
coord-last-moderator = This is the only moderator. Let them decide what waits first, or admit another one. If not, nobody can read it any more.
# Team, two people agree, and the list is still the old one.
coord-agreed = Two people agree. { $alias } is still on the list.
# Team, button that takes somebody off the list after two agreed.
coord-suspend-now = Suspend now
# Team, button of the second person: agrees, and it is done.
coord-agree = I agree
# Team, button of the second person: does not agree.
coord-refuse = I do not agree
# Team, button of the one who asked.
coord-unpropose = Take it back
# Team, heading of those who are suspended.
coord-suspended = Suspended
# Team, since when somebody is suspended. $day is a date.
coord-suspended-since = Since { DATETIME($day, day: "numeric", month: "long") }
# Team, in place of the name of somebody suspended whom no signed list names. RISK: may be an attack.
coord-suspended-unsigned = No signed list says who this is, so they cannot be restored here.
# Team, button that takes somebody back.
coord-restore = Restore
# Team, asked before a suspended person is let go.
coord-forget-ask = Let { $alias } go? Their account is deleted.
# Team, heading of those invited and not admitted.
coord-newcomers = On their way
# Team, mark: the key is vouched for by the invitation.
coord-verified = Verified
# Team, mark: in whose place somebody comes, as the same person with a new key. $alias is an alias.
coord-replaces = New key for { $alias }
# Team, a newcomer chose a name that is in use.
coord-taken = Someone on the team has this name. Take the invitation back, and invite them again.
# Team, a newcomer's key is not vouched for. RISK: may be an attack.
coord-forged = This key does not come from your invitation, so it cannot be admitted. Take the invitation back and hand a new one over another way.
# Team, somebody whom another coordinator invited.
coord-elsewhere = Someone else invited them, and only that person can check the key.
# Team, an invitation without an answer. $day is a date.
coord-open-until = No answer yet. The invitation works until { DATETIME($day, day: "numeric", month: "long") }.
# Team, opens the invitation itself.
coord-hand-over = The invitation
# Team, before the link. RISK: whoever has it can join.
coord-hand-over-how = Hand this link over yourself, where only they read it. It works once.
# Team, before the twelve words.
coord-hand-over-words = Or say these twelve words on the phone:
# Team, button that copies the link.
coord-copy-link = Copy the link
# Team, button that copies the words.
coord-copy-words = Copy the words
# Team, button that takes an invitation back.
coord-withdraw = Take back
# Team, asked before an invitation is taken back.
coord-withdraw-ask = Take this invitation back? It does not open any more, and an account made with it is deleted.
# Team, the button that does it.
coord-withdraw-yes = Yes, take it back
# Team, above the button that admits. RISK: only people whom one knows.
coord-admit-hint = Admit people you know and spoke with. All together they need one change of keys.
# Team, the button that admits those chosen. $count is how many.
coord-admit = { $count ->
    [0] Admit
    [one] Admit 1 person
   *[other] Admit { $count } people
 }
# Team, heading of the form for an invitation.
coord-invite = Invite someone
# Team, label of the choice of a role.
coord-invite-role = As
# Team, what a peer can open, said before one is invited. RISK: exact.
coord-opens-peer = A peer opens the talks they have, and sees the tags of people who wait. Peers open nothing else.
# Team, what a moderator can open, said before one is invited. RISK: exact.
coord-opens-moderator = A moderator opens what someone flags, and can pause a peer. Moderators open no talks.
# Team, what a coordinator can open, said before one is invited. RISK: exact.
coord-opens-coordinator = A coordinator opens no talks. They hold the main key: they say who is on the team, and every page believes them.
# Team, button that makes the invitation.
coord-invite-go = Make an invitation

## Hours

# Hours, first line: what they do.
hours-what = Hours say when peers mean to be on. People see them in their own time. Outside of them they can leave a note.
# Hours, label of the two choices.
hours-mode = When it is open
# Hours, a choice: no hours at all.
hours-always = Open day and night
# Hours, a choice: hours by day and language.
hours-some = Set hours
# Hours, heading of what is not covered. Tone: matter of fact.
hours-cover = Who is missing
# Hours, nobody speaks a language that is open. $language is a language, $days a list of days or every day.
hours-nobody = No peer on the team speaks { $language }: { $days }.
# Hours, one peer speaks it, who also rests. $language is a language, $days a list of days or every day.
hours-one = Only one peer on the team speaks { $language }: { $days }.
# Hours, in place of the list of all seven days.
hours-every-day = every day
# Hours, label of the time zone.
hours-zone = Time zone
# Hours, heading of the week for every language without hours of its own.
hours-all = All languages
# Hours, label of the choice of a language that gets a week of its own.
hours-own = A language with its own hours
# Hours, button beside it.
hours-add-language = Add it
# Hours, button under a language's week. $language is its name.
hours-drop-language = No own hours for { $language }
# Hours, a day without hours.
hours-shut = Closed
# Hours, screen reader's name of a time field. $day is a weekday.
hours-from = { $day }, from
# Hours, screen reader's name of a time field. $day is a weekday.
hours-to = { $day }, to
# Hours, beside an end that is after midnight.
hours-next-day = next day
# Hours, button that removes a stretch of hours or a closure.
hours-remove = Remove
# Hours, screen reader's name of that button. $day is a weekday.
hours-remove-day = Remove these hours of { $day }
# Hours, button that adds a stretch of hours to a day.
hours-add = Add hours
# Hours, screen reader's name of that button. $day is a weekday.
hours-add-day = Add hours for { $day }
# Hours, button: every day gets Monday's hours.
hours-monday = Monday's hours on every day
# Hours, what is still to be filled in.
hours-times = A time or a day
# Hours, the main button.
hours-save = Save these hours
# Hours, not saved: another coordinator set other hours meanwhile.
changed-hours = Someone else set hours meanwhile. Yours are still here and not saved. Save again to put yours in their place.
# Hours, button beside it.
hours-theirs = Show theirs
# A weekday, on its own line.
day-mon = Monday
# A weekday, on its own line.
day-tue = Tuesday
# A weekday, on its own line.
day-wed = Wednesday
# A weekday, on its own line.
day-thu = Thursday
# A weekday, on its own line.
day-fri = Friday
# A weekday, on its own line.
day-sat = Saturday
# A weekday, on its own line.
day-sun = Sunday
# Hours, heading of the days on which nobody is on.
closures-title = Days off
# Hours, no such days are set.
closures-none = No days off are set.
# Hours, label of the first day.
closures-first = First day
# Hours, label of the last day.
closures-last = Last day
# Hours, button that adds days off.
closures-add = Add days off

## Keeping

# Keeping, label of the line that goes with every change.
coord-why = Why, in one line
# Keeping, under that line: who reads it. RISK: keeps names and quotes out.
coord-why-hint = Coordinators read it in the record. Leave out names and words of a talk.
# Keeping, a button that saves a change.
coord-save = Save
# Keeping and hours, said after a change was saved.
coord-saved = Saved.
# Keeping, not saved: another coordinator set other days meanwhile.
changed-keep = Someone else set the days meanwhile. Nothing of yours is saved. Save again to put yours in their place.
# Keeping, nothing done: another coordinator began or ended the hold meanwhile.
changed-hold = Someone else changed the hold meanwhile. This is how it is now.
# Keeping, heading.
keep-title = How long talks are kept
# Keeping, what the days mean.
keep-meaning = A talk that nobody comes back to is deleted after this many days. Every page says the number.
# Keeping, label of the number of days.
keep-days = Days
# Keeping, what numbers are possible. $least and $most are numbers.
keep-days-hint = A number from { NUMBER($least) } to { NUMBER($most) }.
# Keeping, heading of the hold: nothing is deleted by time.
hold-title = Hold on deleting
# Keeping, the hold is on. RISK: clients are told on the first page.
hold-is-on = A hold is on. Nothing is deleted by time now.
# Keeping, the hold is off.
hold-is-off = No hold is on.
# Keeping, what a hold does. RISK: exact; clients read about it.
hold-what = A hold keeps talks and flags past their days, for example when a court asks. The first page tells everyone. What a person deletes is still deleted.
# Keeping, button that begins a hold.
hold-begin = Begin a hold
# Keeping, button that ends it.
hold-end = End the hold

## What was done

# Record, heading.
deeds-title = What was done
# Record, what is in it and what is not.
deeds-what = Each step that the team took, with its reason. No words of a talk are here.
# Record, nothing is in it.
deeds-none = Nothing yet.
# Record, who did it and when. $by is an alias, $day a date.
deeds-by = { $by }, { DATETIME($day, day: "numeric", month: "long") }
# Record, when, by somebody who is not on the team any more. $day is a date.
deeds-day = Someone who left, { DATETIME($day, day: "numeric", month: "long") }
# Record, button that shows older steps.
deeds-older = Show older ones
# Record, a step that this page has no words for yet. $act is a short technical word.
deeds-act = A step: { $act }
# Record, a step: a flag was read.
deed-read = Read a flag
# Record, a step: a flag was decided, nothing to do.
deed-none = Decided: no action
# Record, a step: a flag was decided, somebody talks with the peer.
deed-talk = Decided: talk with the peer
# Record, a step: a peer was paused.
deed-pause = Paused a peer
# Record, a step: a talk was ended and offered to others.
deed-reoffer = Ended a talk and offered it again
# Record, a step: a talk was closed for good.
deed-close = Closed a talk
# Record, a step: a report for a legal duty was agreed by two.
deed-report = Agreed on a report
# Record, a step: the file for a report was taken out.
deed-pack = Took out a report file
# Record, a step: a flag was handed to another moderator.
deed-hand-on = Handed a flag on
# Record, a step: a flag was opened to be put under the team's new key.
deed-reseal = Opened a flag to put it under the new key
# Record, a step: a flag was put under the team's new key.
deed-resealed = Put a flag under the new key
# Record, a step: the reporter was asked for more words.
deed-ask-context = Asked for more words
# Record, a step: a second person was asked.
deed-ask-second = Asked a second person
# Record, a step: a second person agreed.
deed-agree = Agreed as the second person
# Record, a step: a second person saw it another way.
deed-differ = Saw it another way
# Record, a step: a flag is kept past its days.
deed-hold-on-flag = Kept a flag longer
# Record, a step: a flag is not kept longer any more.
deed-hold-off-flag = Let a flag go in time
# Record, a step: a pause was ended.
deed-pause-lifted = Lifted a pause
# Record, a step: a pause ended with its time; named is the peer it was about.
deed-pause-over = A pause came to its end
# Record, a step: a longer pause took the place of a shorter one; named is the peer.
deed-pause-longer = A longer pause took the place of one
# Record, a step: a peer who was paused is not of the team any more.
deed-pause-left = Left while paused
# Record, a step: a peer asked for a pause to be looked at again.
deed-appealed = Asked to look at a pause again
# Record, a step: a pause was looked at again, and stays.
deed-appeal-upheld = Looked again, and kept a pause
# Record, a step: opening hours were changed.
deed-set-hours = Changed the hours
# Record, a step: the days that talks are kept were changed.
deed-set-keep-days = Changed how long talks are kept
# Record, a step: a hold on deleting began.
deed-hold-on = Began a hold on deleting
# Record, a step: a hold on deleting ended.
deed-hold-off = Ended the hold on deleting
