### A talk at the person's own pace: on the client's page only.
### Voice: short, present tense, "you" and "we". Never must, should, please, sorry. No exclamation marks, no idioms.
### $peer is an alias chosen by a peer: never inflected, no gender known. Peers are "they".

## Pace

# Dock, first button, always in view: the pace that holds now, in few words. $pace is one of three codes.
pace-chip = { $pace ->
    [listen] Pace: just listen
    [ask] Pace: ask me
   *[slowly] Pace: slowly
}
# Heading of the panel that the button opens; three choices follow.
pace-title = Pace
# Line in the talk, and read out, after the person chose. The names are those of the three choices. RISK: a claim.
pace-changed = { $pace ->
    [listen] Pace is now “Just listen”. { $peer } can see this.
    [ask] Pace is now “Ask me things”. { $peer } can see this.
   *[slowly] Pace is now “Slowly”. { $peer } can see this.
}

## Pause

# Dock, button, and heading of its panel. Two ways follow.
pause = Pause
# Pause panel, button: the person stays and does not write. In their own voice.
pause-here = I am here, not writing
# Pause panel, button: the person goes for a while. In their own voice.
pause-away = Step away for a while
# While paused, above the dock, and read out. RISK: a promise that nobody asks for more.
pause-on = Paused. Nothing is expected of you. { $peer } knows.
# The same where no peer is there.
pause-on-alone = Paused. Nothing is expected of you.
# While paused. RISK: a claim. $time is far off; it is never counted down. The code opens nothing after it, either.
pause-keep = Your place is kept until { DATETIME($time, month: "long", day: "numeric", hour: "numeric", minute: "2-digit") }. Until then, your code opens this talk, too.
# While paused, button: the place is kept longer from now on.
pause-longer = Keep my place longer
# While paused, button in place of Pause. In the person's own voice.
pause-end = I am back

## What a peer asks

# Under a peer's question, button: this question is for another time, or for never. No reason is asked for.
ask-not-ready = Not ready for that
# Under a peer's question, button: it is left out.
ask-skip = Skip
# In place of the two buttons after ask-not-ready, and read out. Tone: perfectly fine. RISK: a claim.
notready-done = { $peer } knows. You can bring it up again if you ever want to.
# In place of the two buttons after ask-skip, and read out. Tone: perfectly fine. RISK: a claim.
skip-done = Skipped. { $peer } knows, and that is fine.

## The peer

# In the talk, once, as still text, while the peer has been writing one reply for a minute or more.
peer-writing = { $peer } is writing a longer reply.

## More

# More, button: what would help today, and what to be called. Both can be left out.
more-need = What would help, and your name here

## Somebody else comes in

# Card, heading: a peer would hand this talk over. $peer talks with the person, $next would go on. RISK: consent, no pressure.
newcomer-handover = { $peer } would like { $next } to go on with you.
# Card, heading: a peer would have a second one sit with both. RISK: consent, no pressure.
newcomer-company = { $peer } would like { $next } to join you both.
# Card, under its heading. RISK: a claim, true word for word.
newcomer-unread = { $next } can read nothing here unless you say yes.
# Card, label of a field with what the peer wrote about this talk. The person reads it first. RISK: consent. Exact words.
handover-ask = { $peer } would like to tell { $next } this. Change anything, or share nothing.
# Card, box to tick, never ticked before. RISK: consent to earlier words.
newcomer-past = { $next } may also read what was said before.
# Card, under that choice, where a handover card was written. RISK: a claim; the past holds the card unchanged. $peer wrote it.
newcomer-past-card = Then { $next } can also read the card as { $peer } wrote it.
# Card, button: yes, and what stands in the field is told.
newcomer-share = Let { $next } in and share this
# Card, button: yes, and nothing is told.
newcomer-no-card = Let { $next } in, share nothing
# Card, button: yes.
newcomer-yes = Let { $next } in
# Card, button: no, and no harm done.
newcomer-no = Not { $next }
# Beside the card that was answered: they are not coming any more. Tone: no harm done.
newcomer-gone = They are not coming in now. Nothing was shared with them.
# Talk, top, while more than one peer reads it. $names is a list of aliases. RISK: a claim.
room-with-both = You are talking with { $names }, trained peers. They cannot see who you are.
# Talk, top, button: one of several peers reads no more from now on.
reader-end = End { $peer }’s part
# Asked before reader-end. RISK: a claim.
reader-end-ask = { $peer } reads nothing more from now on. The talk goes on with who stays.
# Beside the question of reader-end, button: nothing changes.
reader-keep = { $peer } stays
# Talk: the peer takes no new talks. Tone: plain, no blame; it may have nothing to do with this talk.
peer-paused = { $peer } takes no new talks for now. You can stay, or switch to someone else.
# Button beside peer-paused: nothing changes.
peer-paused-stay = Stay with { $peer }

## What a moderator did

# Talk, outcome of a report. Tone: plain. RISK: names nobody.
outcome-talked = A moderator read what you sent, and the team talked with the peer. You can switch or stay.
# Talk, outcome of a report. RISK: names nobody.
outcome-paused = A moderator read what you sent. We have asked the peer not to take new talks while we look. You can switch or stay.
# After a talk, outcome of a report. Tone: plain, warm.
outcome-reoffered = A moderator read what you sent, and ended the talk with that peer. You can go on with someone else.
# Talk, outcome of a report. RISK: a claim about a duty by law; it says what was passed on, and no more.
outcome-reported = A moderator read what you sent. The words you picked may be passed on, because the law asks for it.
# Talk: a moderator asks for more words about a report. RISK: a no is fine.
more-asked = A moderator read what you sent, and asks for more of the talk. You choose what, or nothing.
# Button beside more-asked: opens the words to pick from.
more-pick = Pick words
# Button beside more-asked: a no, no reason asked. In the person's own voice.
more-no = I would rather not
# Panel, heading over the words to pick. Only what is picked goes out.
more-title = Pick the words to send, too:
# Said after the person answered more-asked with words.
more-sent = Thank you. It is with the moderator.
# Said after the person answered more-asked with a no. Tone: perfectly fine.
more-refused = That is fine. Nothing more went out.
