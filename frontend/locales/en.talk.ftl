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
