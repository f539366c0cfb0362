### The client's page, and what all pages share.
### Voice: short, present tense, "you" and "we". Never must, should, please, sorry. No exclamation marks, no idioms.
### $peer is an alias chosen by a peer: never inflected, no gender known. Peers are "they".

## Every page

# Name of the service, in the bar. Not translated.
brand = Beside
# Bar, first link for keyboards: jumps over the bar. Tone: matter of fact.
skip-link = Go to the talk
# Bar. SAFETY: hides this page at once and opens a weather page. Two short words that can be found in a fright.
leave-now = Leave now
# Bar. SAFETY: opens the list of people who can help right now.
help-now = Help now
# Any panel, button.
close = Close
# Any inline question, button that changes nothing.
cancel = No, keep it
# Any question before an act, under its two buttons while something else is under way. Tone: calm.
ask-busy = Something else is under way. Wait a moment.
# The person's own words in a talk, as the name of who speaks.
you = You
# Landing and waiting room, under the bar's button. SAFETY: says what Leave now does not do.
leave-note = Leave now opens a weather page. It does not clear your history. A private tab helps.
# Landing and More, only with a real keyboard. SAFETY.
leave-keys = Press Shift three times to leave fast.
# Read out after each press of Shift. SAFETY: a fast way out is being used.
leave-count = { $pressed } of { $of }

## Language

# Landing, More and the pages of the team, name of the group of languages for screen readers. Each language is named by itself.
language-title = Language of this page
# Read out when another language was chosen: says in the new language which one it is.
language-now = This page is in English now.
# Under the languages, while the one chosen was not yet read through by people who speak it. RISK: honest, no alarm.
language-unread = This language is on trial. People who speak it have not checked these words yet.
# Under the languages, where the words of the one chosen could not be fetched. Names the fix.
language-missing = That language did not come. Try again in a moment.

## Facts and stories

# Look around and waiting room, where something to read could not be fetched. A button to try again follows.
reading-missing = This did not come.
# Fact card, button: copies the fact for a poster or a message.
fact-copy = Copy text
# Fact card, button: prints this card alone.
fact-print = Print
# Under a story that the team made up. RISK: honest, nobody real said this.
story-example = Made up by our team, as an example.

## Landing

# Landing, the page's first sentence. Tone: warm, no promise of a cure.
landing-title = Talk with someone who has been through hard times too.
# Landing, below the title.
landing-lead = Free. No name. No sign-up. You set the pace.
# Landing, main button: begins a talk. Tone: no hurry.
landing-start = Start when you are ready
# Landing, button: opens an earlier talk.
landing-back = Come back with my code
# Landing, button: shows what happens here without starting anything.
landing-look = Look around first
# Landing. Honest about what peers are not.
landing-who = Peers are trained to listen. They are not doctors or counselors.
# Landing, while peers are there. $time is a time of day on this device.
landing-open = Open now, until { DATETIME($time, hour: "numeric", minute: "2-digit") }, your time.
# Landing, outside opening hours. $when is a weekday and a time of day on this device.
landing-closed = We are closed now. We open { DATETIME($when, weekday: "long", hour: "numeric", minute: "2-digit") }, your time. You can write a note, or use Help now.
# The same, where the next hours are not known.
landing-closed-now = We are closed now. You can write a note, or use Help now.
# Landing, without scripts. SAFETY: the numbers are on the same page.
landing-no-scripts = Talking here needs scripts, and they are off in this browser. The numbers below work without them.
# Landing, on an unprotected address. SAFETY: other help follows.
insecure = This page is not protected here, so talking is switched off. These people can help now:
# Landing, in the browser inside another app. SAFETY.
inapp = You are inside another app, which could look over your shoulder. Open this page in your browser.
# Landing, name of the picture for screen readers.
landing-scene = Two stones side by side on a bench by the water.
# Landing, heading of the promises; the limits stand beside it at the same size.
promise-title = What we promise
# Promise. RISK: a claim, translate exactly.
promise-anon = We do not ask who you are. We have no list of names to look in.
# Promise. RISK: a claim, translate exactly.
promise-locked = Your words are locked before they leave this phone. Our peers can open them, and then only the one you talk with. The service itself cannot.
# Promise. RISK: a claim, translate exactly.
promise-control = You can pause, skip, delete or leave at any time. You never have to say why.
# Promise. RISK: a claim, translate exactly.
promise-free = It is free, and it uses very little data. We never sell or study what you write.
# Landing, heading of the limits. Tone: honest, not frightening.
limits-title = The limits, so there are no surprises
# Limit. RISK: never softened.
limits-flag = If you or your peer flag some words, a moderator can read those words, and so can one of the team whom they ask. They cannot open the rest.
# Limit. SAFETY: someone in danger reads this.
limits-rescue = We do not know where you are, so we cannot send help to you. In danger now, call 911.
# Limit. SAFETY: someone may be watched.
limits-phone = Someone who holds or watches this phone may see this page. Leave now hides it. It does not clear your history.
# Limit. RISK: a claim, translate exactly.
limits-server = Our server sees that a phone is talking to it, and when. It does not keep the address.
# Limit. RISK: a claim, translate exactly.
limits-wishes = While you wait, our server can read your language, if it feels urgent, and any wishes you pick. Until the talk is over, it can also read who you said no to.
# Limit. RISK: a claim, translate exactly.
limits-page = Our server sends you this page. Whoever took it over could change it. We work to make that hard, and no one outside has checked it yet.
# Limit. RISK: a claim, translate exactly. $days is a whole number.
limits-backup = Deleted talks can stay in backups for up to { $days } days. Only your code, your peer, or, if your talk was waiting then, our other peers could open them.
# Limit, only where the law says so. SAFETY: said before anybody tells.
limits-duty = If you tell a peer who and where a child in danger is, they may have to report it.
# Limit, only while a coordinator keeps everything past its days, as a court may ask. RISK: a claim, translate exactly.
limits-hold = For now, talks and flags stay longer than the days we name. Who can open them stays the same. What you delete is still deleted.
# Added to a sentence that says for how many days a talk or a note is kept, while a hold is on. RISK: a claim, translate exactly.
hold-longer = For now, it stays longer than that. What you delete is still deleted.
# Landing, heading of the worries.
worry-title = Worries people bring
# Worry, the question one has. Tone: no judgement.
worry-worse = What if others have it worse?
# Worry, the answer.
worry-worse-answer = There is room for you too. You do not have to earn a place.
# Worry, the question one has.
worry-words = What if I do not know what to say?
# Worry, the answer.
worry-words-answer = “Hi” is enough. So is a drawing.
# Worry, the question one has. SAFETY: fear of police or rescue.
worry-door = Will someone come to my door?
# Worry, the answer. RISK: a claim.
worry-door-answer = No. We do not know where you are.
# Worry, the question one has.
worry-alone = I can handle this alone.
# Worry, the answer. Tone: agrees, then offers.
worry-alone-answer = Maybe so. You can still have company while you do.
# Worry, the question one has.
worry-judge = Will they think less of me?
# Worry, the answer.
worry-judge-answer = Peers have asked for help too.
# Worry, the question one has.
worry-stop = What if I stop answering?
# Worry, the answer.
worry-stop-answer = That is fine. No one will be angry.
# Landing, fold. SAFETY: for someone whose phone is watched.
safer-link = Safer use on a shared phone
# Safer use. SAFETY.
safer-private = Use a private tab. It forgets this page when you close it.
# Safer use. SAFETY.
safer-device = Best is a phone or computer that nobody else checks.
# Safer use. SAFETY: wiping everything can raise suspicion.
safer-history = If you clean up your history, take out this one page. An empty history can make people ask.
# Safer use. SAFETY: the name is that of the button in the bar.
safer-leave = Leave now is always at the top. It hides everything at once.
# Safer use. SAFETY: the name is that of the switch in the waiting room.
safer-nothing = In the talk you can switch on “Shared phone”. Then nothing at all is kept on it.

## Look around first

# Look around, heading.
look-title = What happens here
# Look around, step 1.
look-start = You tap Start. No form comes first. You can write at once.
# Look around, step 2.
look-wait = While you wait for a peer, you can change or take back what you wrote.
# Look around, step 3.
look-meet = You see who your peer is before they read a word. You can say no.
# Look around, step 4.
look-talk = You write with one person. Nobody sees when you read or type.
# Look around, step 5.
look-end = You stop when you like. Seven words bring you back, if you want to keep them.
# Look around, button: back to the first screen.
look-back = Back to the first page

## Help now (the crisis card)

# Panel and section of Help now. SAFETY: read by someone who may be thinking of suicide. Calm, no command, no blame.
help-title = People you can reach right now
# Crisis card. SAFETY: as above.
crisis-body = If you might act on it, or someone is hurt, these people can help right now.
# Crisis card, fold. SAFETY: fear of forced rescue keeps people away.
crisis-know = What happens if I call?
# Crisis card, inside the fold. SAFETY: honest, calm.
crisis-know-body = A trained person listens. Most calls end with talking. In rare cases they may send help. They are not part of Beside.
# Crisis card, button that folds it away. Tone: no pressure.
crisis-later = Not now
# Crisis card in a talk. RISK: a claim.
crisis-private = Only you can see this card. It told no one.

## Waiting room

# Waiting room, heading. Tone: welcome.
wait-title = You are in. A peer will join you here.
# Waiting room. $low and $high are whole minutes. Honest, no promise.
wait-range = { $low ->
    [0] Today most people waited up to { $high } minutes.
   *[other] Today most people waited { $low } to { $high } minutes.
}
# Waiting room, places in line.
wait-ahead = { $n ->
    [0] You are next.
    [one] One person is ahead of you.
   *[other] { $n } people are ahead of you.
}
# Waiting room, where few waits are known.
wait-unsure = We cannot tell how long. Few peers are on right now.
# Waiting room, under the field to write in. RISK: a claim.
wait-write = You can start writing. Nobody sees it until a peer joins. You can change it or take it back.
# Waiting room, under words that are ready; the button beside it takes them back.
wait-held = Ready for your peer. Take it back?
# Waiting room, button beside wait-held.
wait-take-back = Take back
# Waiting room, above four lines to tap; a tap puts the line into the field.
wait-hello = Not sure how to begin? Tap one:
# Waiting room, a line to begin with. In the person's own voice.
hello-hi = Hi
# Waiting room, a line to begin with.
hello-start = I do not know where to start
# Waiting room, a line to begin with.
hello-today = Today was hard
# Waiting room, a line to begin with.
hello-nothing = Can we talk about nothing much?
# Waiting room, label and placeholder of the field. Tone: an offer.
write-waiting = Start writing, if you like
# Talk, label and placeholder of the field.
write-here = Write here
# Button that hands words over. One word.
send = Send
# Waiting room, name of the list of one's own words for screen readers.
wait-log = What you wrote so far
# Waiting room, switch: the person's own word for how it is.
urgent-chip = It feels urgent
# Waiting room, after urgent-chip; the crisis card follows. SAFETY: calm.
urgent-after = You are now nearer the front. You can also reach someone right now:
# Waiting room, who can open the words now. RISK: a claim.
readers-waiting = While you wait, any of our peers could open your words. Once one joins, only they can.
# Waiting room and talk, while the page still gets ready. Tone: still, no hurry.
opening = Getting your place ready. You can write already.

## Meeting a peer

# Meeting, heading. $about is one sentence that the peer wrote.
meet-title = { $peer } is here. { $about }
# Meeting, before a list of language names.
meet-languages = Speaks { $languages }
# Meeting, before a list of topics the peer lived through.
meet-lived = Has lived through: { $lived }
# Meeting. RISK: a claim. Saying no costs nothing.
meet-unread = { $peer } has not read anything yet. Saying no keeps your place.
# Meeting, button: yes.
meet-hello = Say hello
# Meeting, button: no, and no harm done.
meet-else = Wait for someone else
# Talk, heading: a second person of the team wants to come in. RISK: consent.
seat-asks = { $peer } asks to join this talk.
# Talk, under seat-asks. RISK: a claim.
seat-unread = { $peer } can read nothing new unless you say yes.
# Talk, button: consent to a second reader.
seat-yes = Yes, let them in
# Talk, button: no second reader.
seat-no = No

## The talk

# Talk, top. RISK: a claim.
room-with = You are talking with { $peer }, a trained peer. { $peer } cannot see who you are.
# Talk, who holds a key now. $names is a list of aliases. RISK: a claim.
readers-now = You and { $names } can read this talk. Nobody else can.
# Talk, where nobody of the team holds a key. RISK: a claim.
readers-none = Only you can read this talk now.
# Talk, name of the list of messages for screen readers.
log-name = Your talk
# Talk, before the first words.
log-empty = Nothing is written yet. Take your time.
# Read out by screen readers for each message of the peer.
peer-says = { $peer } says: { $words }
# Talk, button when new words are below what is on the screen.
new-below = New words below
# State of own words: not on the server yet.
send-waiting = Waiting to send
# State of own words: they are on the server. Says nothing about being read.
send-sent = Sent
# State of own words that did not go. Tone: nothing is lost.
send-failed = Not sent yet. Your words are still here.
# Button beside send-failed and err-ours.
send-again = Try again
# Button on a message: opens what can be done with it.
note-more = More about this message
# Message, button.
note-copy = Copy
# Message, said after copying.
note-copied = Copied
# Message, where the browser did not allow copying.
note-copy-no = This browser did not copy it. You can mark the words and copy them.
# Message, button: when it was written.
note-time = Show time
# Message, when it was written.
note-when = { DATETIME($time, weekday: "short", hour: "numeric", minute: "2-digit") }
# Message of a kind this page does not know.
note-unknown = This cannot be shown here.
# Message from before somebody joined; they were not given it.
note-hidden = Earlier words, not shared with you.
# Message, button: removes it on both sides.
delete-both = Delete for both
# Message, asked before delete-both. RISK: a claim.
delete-ask = Delete this from both sides? { $peer } may have read it already. If it was flagged, the moderator keeps a copy.
# Message, asked before delete-both while no peer is there. RISK: a claim.
delete-ask-alone = Delete this from both sides? If it was flagged, the moderator keeps a copy.
# In place of an own message that was deleted.
delete-done = You deleted a message.
# In place of a peer's message that they took back. RISK: the words are folded, not gone.
peer-took-back = { $peer } took a message back.
# Line in the talk: the peer ended for now. Tone: no blame.
note-peer-bye = { $peer } left the talk for now. That is always OK.
# Line in the talk, on the peer's page: the client ended for now.
note-client-bye = They ended the talk for now. That is always OK.
# Line in the talk, on the peer's page: they ended it themselves.
note-own-bye = You ended the talk for now.
# Line in the talk: the peer sent words to a moderator. SAFETY: plain, no blame.
note-peer-flagged = { $peer } asked a moderator to look at some words of this talk. The moderator reads only those.
# Line in the talk, on the peer's page: they sent words to a moderator.
note-own-flagged = You asked a moderator to look at some words. They were told so here.
# Line in the talk: how fast the person who looks for help likes to go.
note-client-pace = { $what ->
    [listen] Pace is now “Just listen”.
    [slowly] Pace is now “Slowly”.
    [ask] Pace is now “Ask me things”.
   *[other] The pace is another one now.
}
# Line in the talk: what would help the person who looks for help.
note-client-need = { $what ->
    [heard] What would help today: to be heard.
    [ideas] What would help today: ideas.
    [facts] What would help today: facts, or places to go.
    [company] What would help today: company for a while.
   *[other] What would help today is not clear yet.
}
# Line in the talk: a pause of the person who looks for help. Tone: nothing is expected.
note-client-pause = { $what ->
    [here] Here, and not writing for now.
    [away] Away for a while.
   *[other] Back from the pause.
}
# Line in the talk: the person who looks for help leaves a question out. Tone: perfectly fine.
note-client-skip = Skipped that one.
# Line in the talk: the person who looks for help leaves a question for later. Tone: perfectly fine.
note-client-not-ready = Not ready for that.
# Line in the talk: the peer sits and waits.
note-peer-here = { $peer } is here. No rush.
# Line in the talk, on the peer's page: they said that they sit and wait.
note-own-here = You said that you are here, no rush.
# Line in the talk: the peer nodded at a message.
note-peer-nod = { $peer } nodded.
# Line in the talk, on the peer's page: they nodded at a message.
note-own-nod = You nodded.
# Line in the talk: a peer nodded at a message, and their alias is not known here.
note-some-nod = A peer nodded.
# Line in the talk: the peer goes at a clock time.
note-peer-leaving = { $peer } needs to go at about { DATETIME($time, hour: "numeric", minute: "2-digit") }. How would you like to use the time left?
# Line in the talk, on the peer's page: they said when they go.
note-own-leaving = You said that you need to go at about { DATETIME($time, hour: "numeric", minute: "2-digit") }.
# Talk, banner: the peer's line broke.
peer-lost = { $peer } lost connection. We are keeping your place. Wait, or switch to someone else?
# Talk and More, button, and title of the panel that asks first.
switch-short = Switch to someone else
# Talk, the peer is away from their page. Tone: calm.
peer-left = { $peer } is not on right now. Your words reach them when they are back.
# Talk, an item of the peer that could not be opened. Tone: blames nobody.
err-open = We could not open one message. It is nothing you did. { $peer } can send it again.
# Talk, an own item that could not be opened.
err-open-own = We could not open one message. It is nothing you did. You can send it again.
# Talk and screens after it. Tone: a door stays open.
err-closed = This talk is closed. You can start a new one any time.
# Something of ours did not work; a button to try again follows. Tone: our fault, nothing lost.
err-ours = Something broke on our side. Your words are still here.
# Composer, when the words are too many for one message; the button sends them in two or more.
err-full = Your note is too long to send at once. Send it in two parts?
# Composer, button beside err-full.
full-send = Send in parts
# Composer, near the end of what fits.
write-near = This note is nearly full. You can send it and go on in a new one.
# Banner near the composer. Tone: nothing is lost.
net-off = You are offline. Keep writing. It goes when you are back.
# Banner near the composer.
net-slow = The connection is slow. Your words are on their way.
# Near the composer, while something that was tapped is being done. Tone: still.
one-moment = One moment.
# Banner near the composer, after being offline.
net-back = You are back online. Everything is sent.

## Coming back

# Coming back, heading.
back-title = Come back to your talk
# Coming back, label of the one field.
back-field = Your seven words
# Coming back, under the field.
back-hint = Capitals, spaces and lines do not matter. The first four letters of each word are enough. The numbers work too.
# Coming back, button.
back-open = Open my talk
# Coming back, while the page works.
back-busy = Looking for your talk. This can take a little while.
# Coming back, where the words have another shape. Names the fix.
back-shape = These are not seven words of ours yet. Check the spelling, and that there are seven. Capitals do not matter.
# Coming back, where no talk is found. Names the fix. $days is a whole number.
back-check = Those words do not open a talk. Check the spelling. Capitals do not matter. Talks close after { $days } days.
# Coming back, where the service does not answer. Names the fix.
back-unreachable = We cannot reach the service right now. Your words stay in the field. Try again in a moment.
# Talk, after coming back or a reload. Someone may be looking over a shoulder.
back-hello = Welcome back. Your last words are hidden. Show them, or start fresh.
# Button beside back-hello.
back-show = Show them
# Button beside back-hello: they stay hidden.
back-fresh = Start fresh
# Talk, after Start fresh: shows the words from before after all.
back-earlier = Show my earlier words

## The code

# Code card, heading line. Tone: an offer.
code-offer = Want to come back to this talk? These seven words bring you back.
# Code card. RISK: a claim.
code-care = Anyone with these words can open it. We cannot send them again, because we do not know them.
# Code card, button that shows the words: nothing stands there before.
code-show = Show my seven words
# Code card, button.
code-copy = Copy
# Code card, button.
code-numbers = Show as numbers
# Code card, button: the numbers become words again.
code-words = Show as words
# Code card, button. Tone: perfectly fine.
code-none = I do not want a code
# Panel in More, title and button.
code-mine = My code
# Panel My code after a reload. RISK: a claim.
code-gone = The page was loaded again, so we can no longer show your code. Words you wrote down still work.
# Switch in the waiting room and More. SAFETY: for a phone that others use.
shared-phone = Shared phone: keep nothing if the page reloads.

## More

# Dock, button and title of the panel with everything else.
more = More
# More, switch: more room between letters and lines.
wider-text = Wider text
# More, switch.
look-dark = Dark
# More, switch.
look-light = Light
# More, switch: Enter hands words over in place of making a line.
enter-sends = Enter sends
# More, switch, only with a keyboard. SAFETY: off where Shift is used for other things.
shift-leaves = Shift three times leaves
# More, button: stop here, the talk can go on another day.
end-start = End for now
# More, button: close the talk for good.
end-talk = End this talk
# Asked before end-talk. $days is a whole number.
end-ask = End this talk? Nobody can write in it any more. Your code still opens it to read, for up to { $days } days.
# Button beside end-ask.
end-yes = End it
# Asked before looking for another peer. RISK: a claim.
switch-ask = Switch to someone else? Your words stay here with you. You choose what the next peer sees.
# Panel, button that gets in line for another peer.
switch-yes = Switch

## Something felt wrong

# More and each message, button and title of the panel.
flag-open = Something felt wrong
# Panel, above the messages to pick. RISK: a claim.
flag-title = Something felt wrong? Pick the words. Only what you pick goes to a moderator:
# Panel, when one flag can hold no more words. $most is a whole number.
pick-full = { $most } messages fit into one report. You can send another one after it.
# Panel, where nothing was said yet.
flag-nothing = There are no words to pick yet.
# Panel, above the choices.
flag-why = What is it about?
# Panel, choice.
flag-danger = Someone is in danger
# Panel, choice: sexual, contact or money.
flag-contact = Asked for contact or money, or was sexual
# Panel, choice.
flag-abuse = Hurt me or put me down
# Panel, choice.
flag-other = Something else
# Panel, label of a field one can leave empty.
flag-note = Add a line, if you like
# Panel, before one's own line in what is sent.
flag-note-yours = Your line
# Panel, heading above exactly what is sent.
flag-preview = This is what goes out:
# Panel, while nothing is picked.
flag-pick-first = Pick at least one message.
# Panel, above the preview. RISK: a claim.
flag-who = One moderator reads this, and nothing else of your talk. { $peer } is not told.
# Panel, where no alias is known. RISK: a claim.
flag-who-alone = One moderator reads this, and nothing else of your talk. Your peer is not told.
# Panel, button.
flag-send = Send to a moderator
# Panel, while it goes out.
flag-sending = Sending
# Panel, after it went out. Tone: thanks, and free to choose.
flag-after = Thank you. Keep talking with { $peer }, switch to someone else, or stop here?
# Panel, after it went out where no peer is there.
flag-after-alone = Thank you. A moderator will read what you sent.
# Panel, button after flag-after.
flag-stay = Keep talking
# Panel, button after flag-after.
flag-stop = Stop here
# Panel, where three reports wait already.
flag-slow = Three of your reports are waiting to be read. You can send another one after that.
# Panel, where it did not go out.
flag-failed = It did not go out. What you picked is still here. Try again.
# Talk, outcome of a report. Tone: plain. RISK: names nobody.
outcome-none = A moderator read what you sent. This talk stays open. You can switch or stay.
# Talk, outcome of a report.
outcome-closed = A moderator read what you sent, and closed this talk. You can start a new one any time.
# Button beside an outcome: it was read.
outcome-ok = OK

## After a talk

# After a talk, heading. Tone: thanks, nothing is asked.
end-title = Thank you for talking with us.
# After End for now. RISK: a claim.
rest-who = Only you can open this talk now. Your code brings you back to it, for up to { $days } days.
# After End for now, heading of the choices.
rest-again = Look for someone again
# After End for now and before switching, before the two choices.
rest-sees = What the next peer sees
# After End for now and before switching, choice. The default.
rest-fresh = Only what I write from now on
# After End for now and before switching, choice. RISK: consent.
rest-past = What was said before, too
# After End for now and before switching, below both choices. RISK: consent.
rest-along = Your pace, what would help and the name you gave go along.
# After End for now, button.
rest-look = Look for a peer
# After a talk, button: removes it.
gone-delete = Delete this talk
# Asked before gone-delete. RISK: a claim.
gone-ask = Delete this talk? The words and keys are removed at once. If some were flagged, the moderator keeps those.
# After gone-ask, and again after deleting, where the person has something there. RISK: a claim.
gone-pages = My page, your drawing and your steps are not part of it. They stay on this page until you leave.
# Button beside gone-ask.
gone-yes = Delete it
# After deleting, heading.
gone-title = This talk is deleted.
# After deleting. RISK: a claim. $days is a whole number.
gone-backup = A locked copy can stay in backups for up to { $days } days.
# After a talk, button: begins a new one.
new-talk = Start a new talk
# After a talk, fold with what was said.
past-words = What was said

## When something does not work

# Heading where no talk could be opened. SAFETY: other help follows.
noroom-title = We could not open a talk.
# Where no talk could be opened, under the heading. SAFETY: other help follows.
noroom-help = These people can help now:
# Cause: the service does not answer. Names the fix.
trouble-unreachable = We cannot reach the service right now. Your words are still here.
# Cause: too many people wait. Names the fix.
trouble-full = Very many people are waiting. Your words are still here. Try again in a little while.
# Cause: too many tries in a short time. Names the fix.
trouble-slow = That was a lot at once. Wait a minute, then try again.
# Cause: the signed list of peers is out of date, or not the right one. RISK: no talk opens, rightly.
trouble-directory = Our list of peers could not be checked today, so no new talk opens. That keeps your words safe.
# Cause: the code of this month opened all its talks.
trouble-slots = Your code has opened all its talks of this month. A new talk gets a new code.
# Banner: the date of this device is wrong. Names the fix.
trouble-date = The date on this device is more than a day off. Set it, so that we can check our list of peers.
# Banner: what came did not pass the check; composing stops. RISK: plain, no fear.
trouble-broken = Something in this talk did not pass our check, so sending stops here. You can switch to someone else.
# Banner: all keys of this talk are used.
trouble-epochs = This talk has used up its keys. You can start a new one.
# Banner: the service shows an older state of this talk. RISK: sends only after a tap.
older-copy = The service went back to an older copy of this talk. We keep your words on this screen. Go on with new keys?
# Button beside older-copy.
older-go-on = Go on

## Topics

# Topic, in lists of what a peer lived through. Short, no diagnosis.
topic-worry = worry
# Topic.
topic-low-mood = low mood
# Topic.
topic-loneliness = loneliness
# Topic.
topic-family = family
# Topic.
topic-money = money or housing
# Topic.
topic-drink-drugs = drink or drugs
# Topic.
topic-grief = grief
# Topic. SAFETY: may be read by someone who is watched.
topic-violence-home = violence at home
# Topic.
topic-parent = being a parent
# Topic.
topic-faith = faith
# Topic.
topic-lgbtq = being LGBTQ+
# Topic.
topic-work-school = work or school
# Topic.
topic-immigration = immigration
# Topic.
topic-health = health
# Topic.
topic-other = something else
