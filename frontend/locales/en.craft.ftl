### The peers' tools beside a talk: the guide, hints on a draft, private notes. Read by trained people at work, often tired.
### Voice: short, present tense, plain, warm; the person who asks for company is "they" or "them".

## The guide: words that fit, at their pace

# Heading of the guide, when the person asked to be listened to. The words in quotes are the exact name of that pace.
craft-title-listen = Guide (fits “Just listen”)
# Heading of the guide, when the person asked to go slowly. The word in quotes is the exact name of that pace.
craft-title-slowly = Guide (fits “Slowly”)
# Heading of the guide, when the person likes to be asked. The words in quotes are the exact name of that pace.
craft-title-ask = Guide (fits “Ask me things”)
# The guide, label of the seven moments of a talk, one of which is chosen.
craft-moment = Where the talk is
# A moment of a talk: its beginning.
craft-moment-opening = Opening
# A moment of a talk: they have begun, and there is more.
craft-moment-deeper = Deeper
# A moment of a talk: giving back what was heard, and asking if it is right.
craft-moment-check = Check
# A moment of a talk: nothing is written for a while.
craft-moment-quiet = Quiet
# A moment of a talk: they look for an idea.
craft-moment-ideas = Ideas
# A moment of a talk: they did something that may count for them.
craft-moment-step = A step
# A moment of a talk: its end.
craft-moment-close = Close
# The guide, button beside words: puts them into the reply, where they can be changed. It never sends.
craft-use = Use
# Screen reader's name of that button. $words are the words beside it. Starts with the word on the button.
craft-use-these = Use: { $words }
# Said by a screen reader after words were put into the reply. RISK: nobody may think that they were sent.
craft-used = These words stand in your reply. Nothing is sent.
# The guide, in place of its prompts when they could not be loaded. Tone: matter of fact.
craft-away = The prompts are not here yet.
# Button: loads what could not be loaded. Also in the notes.
craft-fetch = Try again
# The guide, folded part: gives the person's own words back to them.
craft-reflect = Reflect and check
# The guide, in that part: what it does.
craft-reflect-how = Their own words, given back. Change them as you like.
# The guide, in that part, when they have written nothing yet.
craft-reflect-none = They have not written yet.
# The guide, folded part: telling something of one's own life.
craft-own = A little of my story
# The guide, in that part. RISK: the talk is theirs; a long story takes it away.
craft-own-how = A few words of yours can help when they are for them. Then hand it back with a question.

## The safety guide

# The guide, button and heading of the safety guide: step by step through what is hard to hear.
# SAFETY: read by a peer whose person may be in danger. Calm.
craft-safety = Safety guide
# The safety guide, label of the group of buttons that choose what it is about.
craft-safety-about = What it is about
# The safety guide, when its steps could not be loaded; the numbers stand below it. SAFETY: calm, names what is there.
craft-safety-away = The steps are not here yet. The numbers below are.

## Hints on a draft, under the field; one at a time, never in the way

# Hint: a question mark where the person asked to be listened to. Tone: kind, a question, no blame.
craft-nudge-listen = They asked you to listen. Turn this into a reflection?
# Hint: two questions or many words where the person asked to go slowly. Tone: kind, no blame.
craft-nudge-slowly = One small thing is plenty.
# Hint: "you should", "you have to", "why don't you". Tone: kind, no blame.
craft-nudge-steer = Offer, don't steer: 'Would an idea help?'
# Hint: "why did you", "why didn't you". Tone: kind, no blame.
craft-nudge-why = 'What' or 'how' lands softer.
# Hint: "at least", "others have it worse", "calm down", "stay positive". Tone: kind, a question, no blame.
craft-nudge-shrink = Could this shrink what they feel?
# Hint: "I know exactly". The words in quotes begin a sentence about oneself. Tone: kind, no blame.
craft-nudge-know = Try: 'In my case …'
# Hint: a long story of one's own. Tone: kind, no blame.
craft-nudge-story = Hand it back with a question.
# Hint: a question that the person chose to leave is asked again. Tone: kind, no blame.
craft-nudge-left = They asked to leave this.
# Button beside a hint: that hint never comes again in this browser.
craft-stop = Stop this hint
# In place of a hint that was just stopped.
craft-stopped = This hint stays off in this browser.
# Button beside that: the hint may come again.
craft-again = Bring it back
# Under the field, while the draft tells something of the peer's own life, and in the guide. $count is how many words do, about.
craft-story = { $count ->
    [0] No words of your story yet.
    [one] About 1 word of your story.
   *[other] About { $count } words of your story. 40 is plenty.
 }
# The guide, folded part: every hint with a switch.
craft-hints = Hints while you write
# The guide, in that part: what they do and do not. RISK: peers may fear that they are watched.
craft-hints-how = They are worked out in this browser. Nobody sees or counts them.

## Private notes

# The guide, folded part, and label of the field in it: notes on this talk for this peer alone.
craft-notes = Notes (only you)
# Notes, above the field: who can read them, and when they go. RISK: nobody may think that they stay.
craft-notes-why = Only you can open these. They go when you leave this talk, or when the talk is deleted.
# Notes, while they are loaded.
craft-notes-opening = Opening your notes.
# Notes, when they could not be loaded. Nothing can be written then, so that nothing is lost.
craft-notes-unread = Your notes could not be opened.
# Notes, everything that was written is kept.
craft-notes-kept = Kept.
# Notes, something was written and is not kept yet; it will be, by itself.
craft-notes-writing = Not kept yet.
# Notes, they are being kept right now.
craft-notes-keeping = Keeping.
# Notes, the service does not answer. Tone: nothing is lost.
craft-notes-unkept = The service does not answer. Your notes are still here, and not kept yet.
# Button beside that: tries again.
craft-notes-try = Keep them now
# Notes, the same peer changed them on another page meanwhile.
craft-notes-elsewhere = These notes changed on another page. Copy what you need from here, then open what is kept there.
# Button beside that: shows the notes of the other page in place of these.
craft-notes-again = Open what is kept
# Notes, there is more than fits. Tone: nothing is lost, names what to do.
craft-notes-full = This is more than fits. Take some words out, and the rest is kept.
