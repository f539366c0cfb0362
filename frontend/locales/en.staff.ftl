### The pages of peers and moderators. Read by trained people at work, often tired.
### Voice: short, present tense, plain, warm; the person who asks for company is "they" or "them".

## Every staff page

# Both pages, link to the other page for someone who signed in at the wrong one. Tone: matter of fact.
staff-peer-page = Go to the peers' page
# Both pages, link to the other page for someone who signed in at the wrong one. Tone: matter of fact.
staff-moderator-page = Go to the moderators' page
# Peers' page, heading for someone who signed in and is no peer. Tone: friendly, nothing went wrong.
staff-not-peer = This page is for peers.
# Moderators' page, heading for someone who signed in and is no moderator. Tone: friendly, nothing went wrong.
staff-not-moderator = This page is for moderators.
# At the end of every staff page, who is signed in. $alias is the name that clients see, never inflected.
staff-signed-in = Signed in as { $alias }
# Every staff page, first link for the keyboard: jumps over the bar.
staff-skip = Go to the desk
# At the end of every staff page, folded: wider text, dark or light, how Enter and Shift work.
staff-comfort = How this page looks and works
# Button at the end of the page: ends the session and forgets the keys in this browser.
staff-sign-out = Sign out
# Button beside it: also forgets the key in this browser. For a machine that others use.
staff-forget = Sign out and forget my key here
# Shown while the page reads what this browser keeps. Tone: still text, no hurry.
staff-opening = Opening your page.

# Both pages, without scripts. RISK: staff may need the numbers for themselves.
staff-no-scripts = This page needs scripts, and they are off in this browser. The numbers below work without them.

## Signing in

# Sign-in page, main heading of the peers' page.
staff-title-peer = The peers' desk
# Sign-in page, main heading of the moderators' page.
staff-title-moderator = The moderators' desk
# Sign-in page, under the heading: what this page is not. Tone: helps a client who came here by accident.
staff-not-clients = This page is for the team. If you came to talk with someone, go to the first page.
# Sign-in page, link to the client's page for someone who came here by accident.
staff-first-page = Go to the first page
# Sign-in form, label of the name field.
signin-name = Sign-in name
# Sign-in form, label of the password field.
signin-password = Password
# Sign-in form, label of the field for the staff secret, shown only in a browser that does not hold it yet.
signin-secret = Your twelve words, or your link
# Sign-in form, explains the secret to someone in a new browser. Tone: calm, helpful.
signin-secret-why = This browser does not know you yet. Bring your key once: the file, the twelve words or the link you kept when you joined. The password alone does not open anything.
# Sign-in form in a browser that holds a key: opens the fields for another one.
signin-other-key = I have another key
# Sign-in form, label of the button that chooses the key file.
signin-file = Choose your key file
# Sign-in form, said after a key file was read. $name is the file's name.
signin-file-read = Ready: { $name }
# Sign-in form, said when the chosen file could not be read at all.
signin-file-odd = This file does not open. Choose the key file you saved when you joined.
# Sign-in form, said when the page was opened by a personal link, which already carries the key.
signin-link-read = Your link brought your key. Sign in with your name and password.
# Sign-in form, the main button.
signin-go = Sign in
# Sign-in form, shown while the password is worked into a key; it takes seconds on an old machine. Tone: still, no hurry.
signin-working = Making your keys. This can take a little while.
# Sign-in page, heading after 30 minutes without any use. Tone: reassuring.
signin-locked = This page locked itself.
# Sign-in page, under the heading of a page that locked itself.
signin-locked-why = Nobody used it for 30 minutes. Sign in to go on. Your talks are kept.
# Sign-in page, opens the field for an invitation. For someone new to the team.
signin-new = I have an invitation
# Label of the field for an invitation.
invite-field = Your invitation: the link, or twelve words
# Button that opens the invitation.
invite-open = Open my invitation

## Joining the team

# Joining, main heading.
enrol-title = Welcome to the team
# Joining, what a peer is. $day is the last day of the invitation. Tone: warm, honest.
enrol-peer = You are invited as a peer. Peers listen to people who come here to talk. Only you and the person you talk with can read a talk.
# Joining, what a moderator is. Tone: warm, honest.
enrol-moderator = You are invited as a moderator. Moderators read words that someone chose to flag, and nothing else.
# Joining, what a coordinator is. Tone: warm, honest.
enrol-coordinator = You are invited as a coordinator. Coordinators admit the team and keep its list. They read no talks.
# Joining, until when the invitation holds. $day is a date.
enrol-until = The invitation works until { DATETIME($day, day: "numeric", month: "long", year: "numeric") }.
# Joining, heading of the first part of the form: for signing in.
enrol-keys = For signing in
# Joining, under the sign-in name. Nobody but its owner sees it.
enrol-name-hint = Only you see this name. It can be anything of 3 letters or more.
# Joining, under the password. Tone: helpful.
enrol-password-hint = At least 12 letters. A few words in a row work well. Nobody can send it to you again.
# Joining, label of the second password field.
enrol-again = The same password again
# Joining, said next to the second password field when the two differ.
enrol-differ = The two passwords differ. Type them again.
# Joining, heading of the part that other people see.
enrol-seen = What people see of you
# Joining, under the heading of that part. RISK: staff safety, keeps real names out.
enrol-seen-hint = Everyone who comes here can see this. Leave out your real name, your town and anything that leads to you.
# Joining, label of the name that clients see.
enrol-alias = The name people see
# Joining, under the alias.
enrol-alias-hint = Up to 24 letters.
# Joining, label of the line of one's own.
enrol-line = One line of your own
# Joining, under the line of one's own. Tone: an example may help more than a rule.
enrol-line-hint = For example what you have been through, or how you like to listen. You can skip it.
# Joining, label of the group of eight stones, one of which stands for this person.
enrol-stone = Your stone
# Joining, label of the group of languages.
enrol-languages = Languages you can talk in
# Joining, under the languages.
enrol-languages-hint = Up to five.
# Joining, label of the group of topics.
enrol-topics = What you are glad to talk about
# Joining, label of the group of things one has lived through. RISK: personal, freely given, seen by everyone.
enrol-lived = What you have lived through
# Joining, under that group. RISK: nobody is asked to tell.
enrol-lived-hint = Only what you want people to know. You can skip it.
# Joining, the main button.
enrol-send = Join
# Joining, shown while keys are made. Tone: still, no hurry.
enrol-working = Making your keys. This can take a little while.

# After joining, heading above the twelve words.
secret-title = Your key
# After joining, what the twelve words are. Tone: calm, weighty. RISK: losing them means no way in.
secret-why = These twelve words and your password open your page. In a new browser you bring them once.
# After joining. RISK: losing them means no way in.
secret-once = Keep them where only you look. These cannot be sent again, because nobody else has them.
# After joining, label of the list of twelve words.
secret-words = Your twelve words
# After joining, button that saves the key file.
secret-file = Save the key file
# After joining, said when the key file was handed to the browser.
secret-saved = The key file is on its way to your downloads.
# After joining, button: the person has kept the key, the words leave the screen.
secret-kept = I have kept my key
# After joining and keeping the key, heading.
secret-next = You have joined.
# After joining: what happens now.
secret-admit = A coordinator will admit you. After that you can sign in here.
# After joining, button that opens the sign-in form.
secret-signin = Go to sign in

## What can go wrong, said where it happened; blames nobody, names what to do

# Any form, when something is missing. $what is the label of the field.
form-missing = Still empty: { $what }

# Sign-in: name, password or key do not fit; which of them is not told.
problem-unknown = That did not open. Check the name, the password and the key. If you just joined, a coordinator still has to admit you.
# Opening an invitation that was used, is over, or never was.
problem-invite = This invitation does not open. It may have been used already, or be over. Ask your coordinator for a new one.
# Joining: somebody signs in with this name already.
problem-name = Someone signs in with this name already. Choose another one.
# Sign-in or joining: the key or the invitation cannot be read.
problem-key = Those words do not fit together. Check the spelling. Capitals do not matter.
# Sign-in: this browser holds no key, and none was given.
problem-no-key = This browser does not hold your key. Bring the file, the twelve words or the link.
# Joining: the password is too short.
problem-short = The password is short. Take at least 12 letters.
# Sign-in or joining: the browser keeps nothing, as in some private windows.
problem-storage = This browser keeps nothing, so your key would be lost. Use a window that is not private.
# Sign-in: the service ended the session.
problem-signed-out = You were signed out. Sign in to go on.
# Any staff page: no answer from the service.
problem-unreachable = The service does not answer. Check the connection and try again.
# Any staff page: too many tries in a short time.
problem-slow = That was a lot at once. Wait a moment and try again.
# Any staff page: what the service shows does not fit what is signed. RISK: may be an attack; stop and tell.
problem-directory = The team's list does not check out. Do not go on here. Tell a coordinator.
# Any staff page: the team's list is over, and nobody renewed it.
problem-expired = The team's list is over, so nothing new can start. Ask a coordinator to renew it.
# Any staff page: something else did not work. $code is a short technical word to tell a coordinator.
problem-other = That did not work. Try again. If it stays, tell a coordinator this word: { $code }
# Peers' desk: the person was met by somebody else, or has left the line.
problem-gone = They are not waiting any more.
# Peers' desk, in a talk: a message could not be opened. Exact twin of what the person is told.
problem-broken = One message here does not check out, so nothing more can be sent in this talk. You can flag it, or leave the talk.
# Peers' desk, in a talk: words could not be sent. Tone: nothing is lost.
problem-send = That did not go out. Your words are still here.
# Peers' desk, in a talk: the service shows an older copy of this talk.
problem-older = The service went back to an older copy of this talk. Words marked here may be missing there.

# Every staff page, the team's list ends soon. $days is 1 to 21. Any coordinator can renew.
renew-days = { $days ->
    [one] The team's list ends tomorrow. Ask a coordinator to renew it.
   *[other] The team's list ends in { $days } days. Ask a coordinator to renew it.
 }
# Every staff page, the team's list has ended. Talks that run go on.
renew-over = The team's list has ended. Talks go on, and nothing new can start. Ask a coordinator to renew it.

## The peers' desk

# Peers' desk, label of the four choices: whether this peer can be met.
desk-switch = You are
# Peers' desk, a choice: this peer can meet people.
desk-on = On
# Peers' desk, a choice: this peer brings their talks to an end and meets nobody new.
desk-finishing = Finishing
# Peers' desk, a choice: this peer takes a break. Talks that run stay.
desk-break = Break
# Peers' desk, a choice: this peer meets nobody new.
desk-off = Off
# Peers' desk, label of the choice between 1, 2 and 3 talks at the same time.
desk-limit = Talks at once
# Peers' desk, for a while after a talk. $time is a clock time. Never a countdown. Tone: rest is part of the work.
desk-again = Offers start again at { DATETIME($time, hour: "numeric", minute: "2-digit") }.
# Peers' desk, button beside that line. Only the peer ends their rest early.
desk-ready = I am ready now
# Peers' desk, under the choices, when finishing.
desk-now-finishing = No offers come.
# Peers' desk, before that line or the one for off, when the last talk of somebody who was finishing is over.
desk-now-last = Your last talk is over.
# Peers' desk, under the choices, during a break.
desk-now-break = You are on a break. No offers come.
# Peers' desk, under the choices, when off.
desk-now-off = You are off. No offers come.
# Peers' desk, added to one of those while talks are open.
desk-now-talks = Your talks go on.
# Peers' desk, shown when off and no talk is open. Tone: calm, no hurry.
desk-rest-off = You are off. Turn on when you are ready.
# Peers' desk, shown during a break when no talk is open. Tone: calm, no hurry.
desk-rest-break = You are on a break. Turn on when you are ready.
# Peers' desk, shown when finishing and no talk is open. Tone: thanks, calm.
desk-rest-finishing = You have no talk left. Thank you for today.
# Peers' desk, button of that calm screen.
desk-turn-on = Turn on
# Peers' desk, heading of the list of people who wait.
desk-waiting = Waiting
# Peers' desk, the same with how many there are. $count is 1 or more.
desk-waiting-count = Waiting ({ $count })
# Peers' desk, heading of the list of this peer's talks.
desk-rooms = My talks
# Peers' desk, the same with how many of those that are possible. $held and $limit are 1 to 3.
desk-rooms-of = My talks ({ $held } of { $limit })
# Peers' desk on a narrow screen, label of the tabs that choose what is on screen.
desk-parts = Parts of the desk
# Peers' desk, in the list of talks, when there is none.
desk-no-talks = No talk is open.
# Peers' desk, in place of an open talk, when this peer is on. Tone: calm, no hurry.
desk-pick = When someone waits, say hello. They see you and choose.
# Peers' desk, when nobody waits. Tone: calm.
queue-none = Nobody is waiting.
# Peers' desk, when nobody waits but the one who is offered. Tone: calm.
queue-none-else = Nobody else is waiting.
# Peers' desk, when this peer is off, on a break or finishing.
queue-off = You meet nobody new until you turn on.
# Peers' desk, heading above the one person whom the service offers to this peer.
offer-title = Offered to you
# Peers' desk on a narrow screen, on the button that leads to the list: somebody is offered.
offer-tab = someone is offered to you
# Peers' desk, when nobody is offered at the moment. Tone: calm, no hurry.
offer-none = Nobody right now. You can also pick from the list.
# Screen reader's name of the reasons why this peer was found.
offer-why = Why you
# Offer, reason: the person asked for this peer by name.
offer-asked = They asked for you.
# Offer, reason. $language is a language by its own name, never inflected.
offer-language = You both speak { $language }.
# Offer, reason. $topics is a list with dots between, never inflected.
offer-topics = You are glad to talk about: { $topics }
# Offer, reason. $topics is a list with dots between, never inflected.
offer-lived = You have lived through: { $topics }
# Offer, the only reason where nothing else fits.
offer-next = You are the next free peer.
# Offer, button: this person is for another peer. No reason is asked. Tone: always fine.
offer-pass = Pass
# Screen reader's name of that button. $row says which person: minutes and language. Starts with the word on the button.
offer-pass-on = Pass: { $row }
# Spoken once when somebody is offered. $row says which person: minutes and language.
offer-heard = Offered to you: { $row }
# Spoken once when an offer went on to another peer. Tone: no blame.
offer-gone = That offer has moved on.
# Peers' desk, when the peer has as many talks as they may have.
queue-full = You have as many talks as you can hold. Bring one to an end before you meet someone new.
# Peers' desk, why nothing can be met: the line to the service is down.
queue-offline = You are offline. The list may be old.
# A row of the queue: how long this person has waited. Text only, never a running clock.
queue-minutes = { $minutes ->
    [0] Just came
    [one] Waiting 1 minute
   *[other] Waiting { $minutes } minutes
 }
# A row of the queue: added when someone waits long. Never red. Same words for everyone over the limit.
queue-aged = over 20 min
# A row of the queue: the person's page is open.
queue-here = here
# A row of the queue: the person's page is closed or without a line.
queue-away = away
# A row of the queue: someone who talked here before asks for this peer.
queue-back = coming back
# A row of the queue: a note was written and waits.
queue-note = has a note ready
# A row of the queue: the person's own word. Exact twin of what they tapped. RISK: no alarm colour.
queue-urgent = It feels urgent
# A row of the queue: topics they picked. $topics is a list with dots between, never inflected.
queue-topics = On their mind: { $topics }
# A row of the queue: the experience they wish for in a peer. $topics is a list with dots between, never inflected.
queue-lived = Would like someone who has lived through: { $topics }
# A row of the queue, button to meet this person.
queue-hello = Say hello
# Screen reader's name of that button. $row says which person: minutes and language. Starts with the words on the button.
queue-hello-to = Say hello: { $row }
# Button that takes a hello back before the person answered.
queue-cancel = Take it back

# A talk's name on the peers' desk. $number is 1, 2 or 3. The person has no name here.
talk-name = Talk { $number }
# A talk in the list of talks: there are words not yet looked at. Text, never a number.
talk-unread = new words
# A talk in the list of talks: hello was said, the person has not answered.
talk-waiting-tab = waiting for an answer
# Screen reader's name of the words of a talk. $room is "Talk 1".
talk-log = Words of { $room }
# In an open talk, who speaks: the person, who has no name here. Also inside sentences such as "They took a message back."
talk-them = They
# In an open talk, who speaks, where the person gave a name. $name is what they wrote, never inflected.
talk-them-named = They ({ $name })
# In an open talk, before the first word.
talk-empty = No words yet. They may need a moment.
# In a talk that waits for the person's answer.
talk-claimed = You said hello. They see your name, your stone and your line, and choose. This can take a minute.
# In an open talk, what the person's page does now: it is open.
talk-here = They are here.
# In an open talk: their line is gone. RISK: do not alarm; it is often the network.
talk-lost = They lost connection. Their place is kept.
# In an open talk: they closed the page or tapped Leave now. RISK: no blame, no alarm. Exact words.
talk-left = They left the page. That is always OK.
# In an open talk: who can read it. The person sees the same in their words.
talk-readers = You and they can read this talk. Nobody else can.
# In an open talk, the composer's label: it names the talk, so that a reply goes to the right person. $room is "Talk 1".
talk-reply = Your reply in { $room }
# In an open talk that cannot be written to at the moment.
talk-closed = This talk is at rest. Nothing more can be sent.
# In a talk that is over for this peer.
talk-gone = This talk has ended. Nothing more can be sent.
# Spoken once for each new message of the person. $room is "Talk 1", $text is what they wrote.
talk-says = { $room }: { $text }
# Spoken when someone accepted the hello and the talk begins.
talk-joined = { $room } begins.
# A message's action: take one's own words back; they fold on the other side.
talk-take-back = Take back
# Asked before taking back. Honest: it may have been read.
talk-take-back-ask = Fold these words away? They may have read them already. A flag still shows them.
# In an open talk, button that sends exactly this: the peer sits with them and expects nothing.
talk-here-say = I'm here, no rush
# In an open talk on a narrow screen, button that opens the guide: words that fit, the safety guide, notes.
talk-guide = Guide
# In an open talk: the person wrote on the page that both write on. Also spoken, after the talk's name.
talk-our-news = They wrote on our page.
# A message's action: nod at what the person said or shared. They read: the peer nodded.
talk-nod = Nod

# In an open talk, screen reader's name of the marks that say what the person asked for.
sign-title = What they asked for
# In an open talk, always in view: how fast the person likes to go. The word is theirs.
sign-pace-listen = Pace: just listen
# In an open talk, always in view: how fast the person likes to go. The word is theirs.
sign-pace-slowly = Pace: slowly
# In an open talk, always in view: how fast the person likes to go. The words are theirs.
sign-pace-ask = Pace: ask me things
# In an open talk, always in view: what would help the person today, in their words.
sign-need-heard = Be heard
# In an open talk, always in view: what would help the person today, in their words.
sign-need-ideas = Ideas
# In an open talk, always in view: what would help the person today, in their words.
sign-need-facts = Facts, or places to go
# In an open talk, always in view: what would help the person today, in their words.
sign-need-company = Company for a while
# In an open talk, always in view: what would help the person today, in their words.
sign-need-unsure = They do not know yet
# In an open talk, always in view: what the person may be called. $name is what they wrote, never inflected.
sign-name = Call them { $name }
# In an open talk: the person is there and does not write. RISK: a peer who pushes now does harm.
sign-pause-here = They paused. Nothing is expected of you.
# In an open talk: the person stepped away for a while. RISK: no alarm, no blame.
sign-pause-away = They stepped away for a while. Nothing is expected of you.
# In an open talk, under the peer's question: the person's answer by one tap. Tone: perfectly fine.
sign-skip = They said: skip this
# In an open talk, under the peer's question: the person's answer by one tap. Tone: perfectly fine.
sign-not-ready = They said: not ready for that

# In an open talk, heading of the group of things one can do about it.
talk-more = About this talk
# In an open talk: opens the choice of minutes until one goes.
talk-leave = I need to go soon
# In an open talk, heading of that choice. A peer gives ten minutes or more.
talk-leave-title = When do you need to go?
# One choice of minutes.
talk-leave-in = In { $minutes } minutes, at about { DATETIME($time, hour: "numeric", minute: "numeric") }
# What the person will read. $time is a clock time. Exact twin of the words they see.
talk-leave-says = They read: I need to go at about { DATETIME($time, hour: "numeric", minute: "numeric") }
# Button that sends the notice.
talk-leave-send = Tell them
# In an open talk: ends this peer's part; the person can come back and find someone else.
talk-release = Leave this talk
# Asked before leaving a talk.
talk-release-ask = Leave this talk now? It rests until they come back. You cannot open it again.
# Button that leaves the talk.
talk-release-yes = Leave it
# Button that closes a question and changes nothing.
talk-stay = Stay
# In an open talk, always in view: ends it in one tap when the peer is abused. Exact words.
talk-end-now = End now, this is not OK
# In an open talk: opens the panel for flagging.
talk-flag = Something felt wrong
# After a talk ended: button that takes it off the list.
talk-close = Take it off my list
# After End now: the talk is over, and its words are out of sight. Calm, nothing is asked.
talk-ended = This talk has ended, and its words are out of sight. You can flag some of them first, or leave it.

# After a talk was closed, heading of a moment for the peer. Tone: warm, no duty in it.
after-title = After this talk
# After a talk, first line. RISK: true word for word; nothing of it is sent.
after-private = This is only for you, and you can skip all of it. Nothing here leaves this browser.
# After a talk, the first question.
after-body = How are you, in your body?
# After a talk, an answer: calm.
after-steady = Steady
# After a talk, an answer: moved by it.
after-stirred = Stirred
# After a talk, an answer: it went deep, and is still there.
after-shaken = Shaken
# After a talk, when a peer was shaken twice in a shift. Tone: caring, no duty. RISK: no reason is asked.
after-enough = That was a lot for one shift. You can end it here. Nobody asks why.
# After a talk, button beside that line: this peer is off.
after-end-shift = End my shift
# After a talk, label of a box whose words go by themselves.
after-down = Put it down
# After a talk, under that label. RISK: true word for word.
after-down-hint = Write what is still with you. It is kept nowhere, and goes by itself.
# After a talk, button that empties the box.
after-down-go = Let it go
# After a talk, said when the box was emptied.
after-down-gone = It is gone.
# After a talk, label of a field that is kept for this peer alone.
after-next = What might I try differently next time?
# After a talk, under that label. RISK: keeps what leads to a person off the disk.
after-next-hint = Kept in this browser, for you alone. Leave out who they are.
# After a talk, button to whatever comes next.
after-done = Go on

# In a talk, the card of boundaries, folded; its heading.
bounds-title = What peers keep to
# The card of boundaries, first line.
bounds-choice = They decide. No pushing, and no pushing of beliefs.
# The card of boundaries.
bounds-story = Your own story is short, and only for their sake.
# The card of boundaries.
bounds-contact = No contact details, no other apps, no meeting.
# The card of boundaries.
bounds-money = No money, no gifts.
# The card of boundaries.
bounds-romance = No romance.
# The card of boundaries.
bounds-health = No diagnosis, no advice about medicine.
# The card of boundaries.
bounds-secret = No secrets, no promises.

# The eight stones that stand for a person or a talk, told apart by shape; said to whoever does not see them.
stone-0 = Round stone
# A stone's name: nearly round, a little heavier below.
stone-1 = Full stone
# A stone's name: lies flat, wider than high.
stone-2 = Flat stone
# A stone's name: like a drop, narrow above.
stone-3 = Drop stone
# A stone's name: with six edges.
stone-4 = Edged stone
# A stone's name: stands up, higher than wide.
stone-5 = Tall stone
# A stone's name: leans to one side.
stone-6 = Leaning stone
# A stone's name: nearly a square.
stone-7 = Square stone

## Flagging from the peers' desk

# Panel for flagging, heading.
backing-title = Something felt wrong?
# Panel for flagging, first line: what it does. RISK: honest about who reads.
backing-intro = Pick the words. Only what you pick leaves this talk. Our moderators can read it, and nobody else.
# Panel for flagging, label of the list of messages.
backing-pick = Words to send, up to 20
# Panel for flagging, when there is nothing that can be picked.
backing-none = There are no words here that can be sent.
# Panel for flagging, label of the reasons.
backing-why = Why
# Reason: the peer wants support from a moderator.
backing-reason-backing = I need backing
# Reason: somebody may be in danger. RISK: the service cannot send help.
backing-reason-danger = Danger to someone
# Reason: the peer is abused.
backing-reason-abuse = Abuse toward me
# Reason: the peer did something they wish to tell.
backing-reason-mistake = A mistake I made
# Reason: anything else.
backing-reason-other = Something else
# Panel for flagging, label of the free field.
backing-note = Anything the moderator needs to know. You can skip this.
# Panel for flagging, heading above the exact words that leave.
backing-preview = This leaves the talk:
# Panel for flagging, before anything was picked.
backing-nothing = Nothing yet. Pick at least one message.
# Panel for flagging: the person is told. RISK: trust, always said.
backing-told = They are told, in plain words, that you sent some words to a moderator.
# Panel for flagging in a talk that ended: the page cannot tell the person.
backing-untold = This talk has ended, so this page cannot tell them.
# Panel for flagging, when danger was chosen. RISK: nobody knows where the person is.
backing-danger-note = A moderator cannot send help to them. Help now has the numbers they can call.
# Panel for flagging, the button.
backing-send = Send to a moderator
# Panel for flagging, while it is on its way.
backing-sending = Sending.
# Panel for flagging, afterwards. Tone: thanks, calm.
backing-done = Thank you. A moderator will read it.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-none = A moderator read what you sent. The talk stays open.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-closed = A moderator read what you sent, and closed that talk.
# Panel for flagging, when three flags of this talk wait already.
backing-slow = Three flags of this talk wait for a moderator already. They come first.

## Whether flagged words were said

# Proof of a flagged message: it checks out. Exact words.
proof-ok = This message was said in this room, in these words.
# Proof of a flagged message: it does not match. Exact words. RISK: somebody may try to harm a peer with made-up words.
proof-bad = The words and the proof do not match. Do not act on the words alone.
# Proof of a flagged message: not known yet. Exact words.
proof-wait = We cannot check this yet. Wait, or ask for a second opinion.

## Two of the team in one talk

# In an open talk where colleagues sit, too: who can read it. $names is a list of aliases. The person sees the same.
talk-readers-with = You, they and { $names } can read this talk. Nobody else can.
# In a talk, who speaks: somebody of the team who is not listed any more.
talk-colleague = A colleague
# After a peer's part in a talk ended, and it goes on with a colleague.
talk-goes-on = Your part in this talk has ended. It goes on with a colleague.
# Asked before leaving a talk in which a colleague stays. $names is a list of aliases.
talk-release-others = Leave this talk now? It goes on with { $names }. You cannot open it again.
# In an open talk, button: opens the choice of a colleague, to hand over or to sit with both. Also the panel's heading.
bring-open = Ask a colleague in
# Panel, first line. RISK: a claim; nobody comes in without the person's yes.
bring-intro = They decide by name. Nobody reads anything before they say yes.
# Panel, what the colleague comes for; two choices follow.
bring-why = What for?
# Panel, a choice: the colleague goes on with this talk.
bring-handover = To hand this talk over
# Panel, a choice: the colleague sits with both for a while.
bring-company = To sit with us
# Panel, the list of colleagues who are on and have room.
bring-who = Who could come now
# Panel, while the list is on its way.
bring-looking = One moment.
# Panel, where nobody is on. Tone: plain.
bring-nobody = Nobody else is on with room for one more talk. You can look again in a while.
# Panel, button: asks anew who is on.
bring-again = Look again
# Panel, label of a field. The person reads it, changes it or says no before the colleague sees it.
bring-card = A card for them, if you like
# Panel, under that label. RISK: a claim.
bring-card-hint = Up to 80 words. The person you talk with reads it first, and can change it or share nothing.
# Panel, near the end of those words. $left is a number of words.
bring-left = { $left ->
    [one] One word left.
   *[other] { $left } words left.
}
# Panel, above the 80 words.
bring-long = The card is longer than 80 words. Make it shorter to send it.
# Panel, button: asks the colleague.
bring-ask = Ask them
# Panel, what did not work: the colleague cannot come any more.
bring-closed = They cannot come at the moment. You can ask someone else.
# Panel, what did not work: three are asked already.
bring-enough = Three colleagues are asked already. You can take one of them back first.
# In an open talk: a colleague was asked and has not answered.
bring-waits = You asked { $peer }. They have not answered yet.
# In an open talk: a colleague would come. The person decides now.
bring-willing = { $peer } would come. The person you talk with decides now.
# In an open talk: another colleague in it asked somebody in.
bring-other = A colleague here has asked { $peer } in.
# Button beside the above: the question is taken back.
bring-back = Take it back
# In an open talk: whoever was asked does not come in now. Gives no reason, tells of nobody's no.
bring-gone = { $peer } is not coming in now. You can ask someone else.
# Button beside a short piece of news: it was read.
bring-ok = OK
# Peer's desk, heading: a colleague would have this peer go on with their talk.
asked-handover = { $peer } asks you to go on with a talk of theirs.
# Peer's desk, heading: a colleague would have this peer sit with them.
asked-company = { $peer } asks you to sit with them in a talk.
# Peer's desk, under that heading. RISK: no duty in it.
asked-free = You can say not now. No reason is asked.
# Peer's desk, button: yes.
asked-come = I can come
# Peer's desk, button: no, no reason asked.
asked-not-now = Not now
# Peer's desk, after asked-come: the person decides.
asked-waits = You said you can come. The person in that talk decides now.
# Peer's desk, what did not work: the question is over.
asked-over = You are not asked into that talk any more.
# Peer's desk, what did not work: no room for one more.
asked-full = You are not on, or hold as many talks as you can.

## Own words shown to one of the team

# In a talk, button: opens the panel to show one's own words to somebody of the team. Also its heading.
lines-open = Show my own words
# Panel, first line. RISK: a claim, true word for word.
lines-intro = You pick from your own words only. One person of the team reads them, with a proof that you said them here. It lasts 14 days, and you can take it back.
# Panel, where there is nothing of one's own to show.
lines-none = There are no words of yours to show yet.
# Panel, heading of the list to pick from.
lines-pick = Pick your words
# Panel, the list of the team.
lines-who = Who reads them?
# Panel, one of the team, with what they are.
lines-peer = { $alias }, peer
# Panel, one of the team, with what they are.
lines-moderator = { $alias }, moderator
# Panel, one of the team, with what they are.
lines-coordinator = { $alias }, coordinator
# Panel, label of a field. RISK: nothing that leads to the person.
lines-note = A line with it, if you like. Leave out what they said.
# Panel, the button.
lines-show = Show them
# Panel, afterwards.
lines-done = They can read it now. You find it on your desk, and can take it back there.
# Panel, what did not work: ten are shown already.
lines-enough = You show ten of these already. Take one back first.
# Any page of the team, heading of a fold: words that colleagues showed to this person, and own ones shown.
lines-title = Words shown by name
# The same, where there is nothing.
lines-empty = Nobody shows you words now.
# Words shown, heading of one. $alias showed them.
lines-by = { $alias } shows you own words
# Words shown, heading where whoever did it is not listed any more.
lines-by-nobody = A colleague who left showed you own words
# Words shown: since when. $days is a whole number.
lines-age = { $days ->
    [0] Shown today.
    [one] Shown yesterday.
   *[other] Shown { $days } days ago.
}
# Words shown: the line beside them, which nothing proves. $note is what they wrote.
lines-with = Their line: { $note }
# Words shown: they do not open with this person's key.
lines-closed = These words do not open here.
# Words shown, in place of words that are not proven: nothing of them is shown.
lines-unproven = Words without a proof are not shown.
# Words shown, button: puts them away for good.
lines-away = Put away
# Words one shows oneself. $alias reads them.
lines-mine = You show own words to { $alias }.
# Button beside it.
lines-back = Take back

## A peer's own pause

# Peer's desk, heading: the team asked this peer to take no new talks. Tone: plain, no blame, kind.
paused-title = You take no new talks for now
# Peer's desk, under that heading. RISK: a claim; running talks go on.
paused-now = The team asked for this while somebody looks at some flagged words. Talks you are in go on.
# Peer's desk: what it is about. $what is one of a few codes.
paused-why = { $what ->
    [asked-contact] It is about contact details.
    [sexual] It is about something sexual.
    [money] It is about money.
    [abuse] It is about words that can hurt.
    [danger] It is about danger to someone.
   *[other] It is about something else in a talk.
}
# Peer's desk: until when. $time is a moment.
paused-until = Until { DATETIME($time, month: "long", day: "numeric", hour: "numeric", minute: "2-digit") }, or until someone of the team ends it.
# Peer's desk, where no end is set.
paused-open = Until someone of the team ends it.
# Peer's desk, button: opens the field below.
paused-appeal = Ask someone new to look
# Peer's desk, above the field. RISK: a claim.
paused-appeal-intro = Once, you can write to someone who had no part in this. Only they can read it.
# Peer's desk, who reads it; the list of the team follows.
paused-whom = Who reads it?
# Peer's desk, label of the field.
paused-word = What you would like them to know
# Peer's desk, button.
paused-send = Send it
# Peer's desk, where everybody had a part in it.
paused-nobody = Nobody new is there to ask at the moment.
# Peer's desk, after it was sent.
paused-asked = Someone new looks at it. You hear of it here.
# Peer's desk, after somebody new looked: the pause stays. Tone: kind, plain.
paused-upheld = Someone new looked at it. The pause stays for now.

## What became of a peer's flag

# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-talked = A moderator read what you sent, and the team talked with the peer it is about.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-paused = A moderator read what you sent. The peer it is about takes no new talks for now.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-reoffered = A moderator read what you sent, and ended that talk with its peer. Another peer is offered.
# Peer's desk, outcome of a flag. RISK: a claim.
backing-outcome-reported = A moderator read what you sent. It may be passed on, because the law asks for it.
# Peer's desk: a moderator asks for more words about a flag. A no is fine.
backing-more = A moderator read what you sent, and asks for more of that talk. You choose what, or nothing.
# Button beside backing-more.
backing-more-pick = Pick words
# Button beside backing-more: a no, no reason asked.
backing-more-no = I would rather not
# Beside backing-more, where that talk is not on the desk any more.
backing-more-gone = That talk is not on your desk any more, so there are no words to pick from.
