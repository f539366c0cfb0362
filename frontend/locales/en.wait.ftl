### The waiting room, and looking around: the client's second stage.
### Voice as in en.ftl: short, present tense, "you" and "we". Never a clock, a countdown or a count of anything but people in line.
### $peer is an alias chosen by a peer: never inflected, no gender known. Peers are "they".

## The wait, where it cannot be told as a range

# Waiting room, outside opening hours. Honest, calm. $when is a weekday and a time of day on this device.
wait-closed-until = We are closed now. We open { DATETIME($when, weekday: "long", hour: "numeric", minute: "2-digit") }, your time. You can write a note, or use Help now.
# Waiting room, outside opening hours, where the next ones are not known.
wait-closed = We are closed now. You can write a note, or use Help now.
# Waiting room, nobody of the team is on. Honest, no promise.
wait-nobody = No peer is on right now. We cannot tell how long. You can wait, or leave a note.
# Waiting room, nobody on who speaks this language. $language is the name of a language.
wait-nolang = No one who speaks { $language } is on right now. You can leave a note in { $language }, or talk in another language.
# Waiting room, under wait-nolang: button that goes over to a language somebody speaks right now.
wait-other-language = Talk in { $language }
# Waiting room, a long line. $min is a whole number of minutes. Honest, no promise.
wait-long = It is busy, and it may be over { $min } minutes. You can wait, leave a note, or come back with your code.
# Waiting room, a long line, where not even that is known.
wait-busy = It is busy, and we cannot tell how long. You can wait, leave a note, or come back with your code.

# Waiting room, button at the edge of the screen for who is further down: somebody came. It goes up to them.
meet-show = { $peer } is here. Show

## A note

# Waiting room, card beside the field, nothing written yet. RISK: a claim.
note-here = What you write here is your note. We keep it, and a peer answers it here.
# The same, once words are on the server. RISK: a claim. Tone: it is in good hands.
note-kept = Your note is with us. A peer answers it here.
# Card about the note. RISK: a claim, translate exactly. $days is a whole number.
note-locked = It is locked for our peers, and kept for up to { $days } days.
# Card about the note: the offer of the code stands on the same screen. RISK: without the code nobody gets back to it.
note-code = You can close this page. Your code brings you back to the answer. It stands below.
# The same, once the code was shown. RISK: without the code nobody gets back to it. More is the name of a button.
note-code-shown = You can close this page. Your code brings you back to the answer. You find it under More.
# The same, where the person does not want a code. RISK: honest.
note-no-code = Without your code, the answer can only be read while this page stays open. You find the code under More.
# The same, after a reload, where the code is not known any more. RISK: honest.
note-code-gone = If you wrote down your code, it brings you back to the answer. If not, keep this page open.

## How to start, and with whom

# Waiting room, fold with three choices. Nothing in it is required.
start-title = How would you like to start? You can skip this.
# In the fold, above three paces.
start-pace = The pace you would like
# Pace, in the person's own voice. Exactly one of three.
start-listen = Just listen. I will write when I can.
# Pace, the one that holds where nothing is chosen.
start-slowly = Slowly. One small thing at a time.
# Pace.
start-ask = Ask me things. Questions help me.
# In the fold, above five answers.
need-title = What would help today?
# Answer to need-title.
need-heard = Be heard
# Answer to need-title.
need-ideas = Ideas
# Answer to need-title.
need-facts = Facts, or places to go
# Answer to need-title.
need-company = Company for a while
# Answer to need-title, the one that holds where nothing is chosen.
need-unsure = I do not know yet
# In the fold, label of a field that can stay empty. RISK: no real name is wanted.
call-me = What can your peer call you? Any word will do. You can skip this.
# In the fold, under its choices. RISK: a claim.
start-sealed = Your peer sees these when they join. They are locked like your words.
# Waiting room and after a talk, fold with wishes. Nothing in it is required.
wish-title = Who would you like to talk with? You can skip this.
# Wishes, after the page was loaded again while somebody waits. RISK: a claim.
wish-before = What you picked before still holds. This page does not know it any more. If you pick here, that counts in its place.
# In the fold, above names of languages, each in its own script.
wish-language = My language
# In the fold, above the list of topics.
wish-topics = Things on my mind
# In the fold, above the same list of topics.
wish-lived = Someone who has lived through
# In the fold, above each list of topics. $most is a whole number.
wish-most = You can pick up to { $most }.
# In the fold. RISK: a claim, translate exactly.
wish-use = We use this only to find a peer. We delete it when a peer joins. If you look for someone else, this page asks again.
# In the fold. Honest, no promise.
wish-honest = We will try. If no one fits, the next free peer says hello and you choose.
# After a talk and after coming back, above two answers. RISK: pressures nobody.
back-peer = { $peer } is on today. Ask for { $peer }, or anyone?
# Answer to back-peer.
back-ask = Ask for { $peer }
# Answer to back-peer, the one that holds where nothing is chosen.
back-anyone = Anyone

## While one waits

# Waiting room, switch: the screen does not go dark.
wait-awake = Keep this screen on while I wait
# Waiting room, under wait-awake, where the device does not allow it, at a low battery for example.
wait-awake-no = Your device does not allow that right now.
# Waiting room, switch. RISK: others near may hear it, so it is off at first.
wait-sound = Play a soft sound when a peer joins
# Waiting room, fold with three things to do.
while-title = While you wait
# Button in the fold: writing or drawing for oneself.
while-write = Write
# Button in the fold: light topics to begin with.
while-light = Something light
# Button in the fold, and name of a fold in Look around: breathing with a shape.
while-breathe = Breathe
# Above the two buttons My page and Draw. RISK: a claim.
while-own = Write or draw for yourself first. Only you can see it. Later you can share some of it, or none.
# Something light, heading of five buttons; a tap puts the beginning of a sentence into the field.
light-title = Lighter things to talk about
# Light topic, button. "You" is the person who waits.
light-food = A food that feels like home
# What a tap on light-food puts into the field. In the person's own voice, goes on after it.
light-food-start = A food that feels like home to me:
# Light topic, button.
light-view = Something you can see from here
# What a tap on light-view puts into the field.
light-view-start = Something I can see from here:
# Light topic, button.
light-song = A song stuck in your head
# What a tap on light-song puts into the field.
light-song-start = A song stuck in my head:
# Light topic, button.
light-animal = An animal you trust
# What a tap on light-animal puts into the field.
light-animal-start = An animal I trust:
# Light topic, button. The weather stands for how one feels.
light-weather = Your weather inside today
# What a tap on light-weather puts into the field.
light-weather-start = My weather inside today:
# Breathe. SAFETY: breathing can make panic or memories worse; the way out stands beside it. Calm, no command.
breathe-offer = Breathe with a shape. Stop any time. If it makes things worse, look around the room and name five colors.
# Breathe, button.
breathe-start = Start
# Breathe, button.
breathe-stop = Stop
# Breathe, the one word on the screen while the shape grows.
breathe-in = in
# Breathe, the one word on the screen while the shape gets smaller.
breathe-out = out

## Look around first

# Look around, heading of what can be read and tried there.
look-tries = Things you can read or try now
# Look around, fold: worries about getting help, and what is known.
look-facts = What people say, and what is so
# Look around, and Something light in the waiting room, fold: stories of people.
look-stories = Stories
# Look around, fold with My page and Draw.
look-own = Write or draw
