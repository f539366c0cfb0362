### What a client writes, draws and names for themselves, and shares bit by bit; the page both write on.
### Voice: short, present tense, "you" and "we". Never must, should, please, sorry. No exclamation marks, no idioms.
### $peer is an alias chosen by a peer: never inflected, no gender known.

## My page

# My page: name of the button and heading of the panel.
page-title = My page
# My page, drawing and steps, first line. RISK: a claim, translate exactly. Nothing is kept unless the person asks.
page-private = Only you can see this. It goes when you leave, unless you keep it with your code.
# My page, label of the field. Tone: an offer.
page-write = Write here, just for you
# My page, when the field is nearly or quite full. Nothing is lost.
page-full = This page is nearly full. You can share lines, or take some out.
# My page, above the lines with a box each.
page-pick = Pick the lines to share.
# Above a preview of exactly what goes. RISK: a claim, translate exactly.
page-preview = { $peer } will see only this:
# The same, where two or more can read. RISK: a claim, translate exactly. $names: their aliases, joined.
page-preview-all = { $names } will see only this:

## Sharing and taking back

# My page, main button under the preview.
share-lines = Share these lines
# Drawing: label of the slider, and main button: the strokes up to the chosen one go.
share-step = Share up to this step
# Under what was shared, button: removes it on both pages.
share-back = Take back
# Where nobody is there to share with yet. Tone: calm, it waits here.
share-nobody = There is no one to share with yet. It waits here. When a peer is with you, you choose what they see.
# Read out and shown after sharing.
share-done = On its way to { $peer }. You can take it back below.
# My page, when the picked lines are more than one message holds.
share-much = That is a lot for one time. Pick fewer lines.
# Heading of the list of what was shared so far.
share-so-far = What you shared
# In a talk, above lines that the client shared from their own page; on both pages. The person is not named.
shared-page = From a page of their own
# The same on the client's own page.
shared-page-own = From my page
# The lines of such a page, as they are read out. $words: the lines.
shared-page-read = From a page of their own: { $words }
# In a talk, above a step that the client named; on both pages.
shared-step = A step
# The same, as it is read out. $words: the person's own words.
shared-step-read = A step: { $words }
# Label over what a peer would like the next peer to know of a talk. The person reads it before anybody else does.
shared-handover = A card for the next peer
# The same, as it is read out. $words: what the card says.
shared-handover-read = A card for the next peer: { $words }
# Label over what the person agreed to have told to the next peer.
shared-consent = What the next peer may know
# The same, as it is read out. $words: what the person agreed to.
shared-consent-read = What the next peer may know: { $words }
# A drawing, for who does not see it. $words: the words that its maker put beside it.
shared-drawing = Drawing: { $words }
# A drawing, for who does not see it, where its maker wrote no words.
shared-drawing-bare = A drawing without words

## Drawing

# Drawing: name of the button and heading of the panel.
draw-title = Draw
# Drawing, name of the square one draws on, for screen readers.
draw-board = Board to draw on, with a finger, a pen or a mouse
# Drawing, name of the two ways to draw, for screen readers.
draw-ways = How to draw
# Drawing, the way with a hand.
draw-free = Lines
# Drawing, the way with taps or keys only: ready shapes are put in places.
draw-stamps = Stamps
# Drawing, under the stamps. Works with a keyboard too.
draw-stamps-how = Pick a stamp and a color. Then tap a place, or move there with the arrow keys and press Enter.
# Drawing, legend of the six colors.
draw-color = Color
# Color of a line or a stamp.
draw-color-gray = Gray
# Color of a line or a stamp.
draw-color-blue = Blue
# Color of a line or a stamp.
draw-color-green = Green
# Color of a line or a stamp.
draw-color-purple = Purple
# Color of a line or a stamp.
draw-color-orange = Orange
# Color of a line or a stamp.
draw-color-red = Red
# Drawing, legend of the three thicknesses.
draw-width = Thickness
# Thickness of a line.
draw-width-thin = Thin
# Thickness of a line.
draw-width-middle = Middle
# Thickness of a line.
draw-width-thick = Thick
# Drawing, legend of the six stamps.
draw-stamp = Stamp
# A stamp: a stone.
draw-stamp-stone = Stone
# A stamp: a wave of water.
draw-stamp-wave = Wave
# A stamp: a house.
draw-stamp-house = House
# A stamp: a tree.
draw-stamp-tree = Tree
# A stamp: a heart shape.
draw-stamp-heart = Heart
# A stamp: a round ring.
draw-stamp-circle = Circle
# Drawing, name of the places for stamps, for screen readers.
draw-places = Places on the board
# One place on the board, a button. $row counts from the top, $place from the left; whole numbers from 1 to 5.
draw-place = Row { $row }, place { $place }
# Read out after a stamp was put. $stamp and $color are words of this file; $row and $place as above.
draw-placed = { $stamp }, { $color }: row { $row }, place { $place }
# Drawing, button: the latest line or stamp goes.
draw-undo = Undo
# Read out after Undo.
draw-undone = The last one is gone.
# Drawing, before the board is full. Nothing is lost.
draw-near = The board is filling up. There is room for a little more.
# Drawing, when nothing more fits. Nothing is lost.
draw-full = The board is full. What you drew is all here. Undo makes room.
# Drawing, label of the field for words that go with it, and that are read out to who does not see it.
draw-words = Say it in words, if you like
# Drawing, beside the slider. $n of $all strokes or stamps would go; whole numbers.
draw-up-to = { $n } of { $all }

## Our page

# Our page: name of the button and heading of the panel, on both pages.
ours-title = Our page
# Our page, before there is one, for the client. RISK: a claim, translate exactly.
our-start = Start a page you both can write on. Only you can keep it, or take it off both screens. The service holds it, locked, as long as this talk. “Delete this talk” removes both.
# Our page, button of the client.
ours-begin = Start our page
# Our page, before there is one, for the peer. Tone: nothing to hurry.
ours-not-yet = There is no page yet. They can start one that you both write on.
# Our page, under its heading, for the client. RISK: a claim.
ours-both = { $peer } sees each line as soon as you add it.
# Our page, under its heading, for the peer. RISK: a claim.
ours-both-peer = They see each line as soon as you add it. Only they can keep this page, or take it off both screens.
# Our page, while nothing is on it.
ours-empty = No lines yet.
# Our page, how the peer's page names who wrote a line, where it is the client.
ours-them = They
# Our page, label of the field for a new line.
ours-line = A new line
# Our page, button beside the new line.
ours-add = Add
# Our page, label of the field in which a line is changed.
ours-other-words = Change this line
# Our page, button at each line: opens a field with it.
ours-change = Change
# Our page, button beside the changed line.
ours-save = Save
# Our page, button beside the changed line: it stays as it was.
ours-leave = Leave it as it was
# Our page, button at a line: the line goes from both screens.
ours-remove = Take out
# Our page, when no more lines fit.
ours-full = This page is full. Take a line out to make room.
# In a talk, when the peer wrote on our page while it was not open; also read out.
ours-news = { $peer } wrote on our page.
# Button beside that: opens our page.
ours-look = Look at it
# Read out when the other wrote a line. $who is an alias, or the word for the person.
ours-wrote = { $who } wrote: { $words }
# Our page, button of the client: its lines are copied to My page, which nobody else sees.
ours-keep = Copy it to my page
# After that.
ours-kept = It is on my page now. Only you can see that copy.
# Our page, button of the client: it goes from both screens.
ours-end = Take our page away
# Our page, asked before. RISK: honest, the other may have read it, and the service holds it, locked. "Delete this talk" is gone-delete.
ours-end-ask = Take this page off both screens? { $peer } may have read it already. “Delete this talk” removes it from the service, too.
# The same, while no peer is there. RISK: honest.
ours-end-ask-alone = Take this page off both screens? “Delete this talk” removes it from the service, too.
# Our page, the button that does it.
ours-end-yes = Take it away
# Our page, under the lines, for the client. $count lines of a peer were taken out or written over by $peer; a whole number. RISK: a claim.
ours-took-out = { $count ->
    [one] { $peer } took a line out. You can still flag it.
   *[other] { $peer } took { $count } lines out. You can still flag them.
}
# Our page, under the lines, for the client. RISK: a claim. Somebody who was not there before reads what is added later.
ours-later = A new peer sees only what is added from then on, unless you show them what was said before.
# A line of our page, where words are picked for the moderators. $words: the line.
ours-flag = On our page: { $words }

## Steps

# Steps: name of the button, and of the button that adds one. A step is whatever the person says it is.
step-add = Name a step I took
# Steps, under the heading. Tone: no praise, no measure.
step-help = Any size counts. You decide what a step is.
# Steps, label of the field.
step-field = A step, in my own words
# Steps, button beside that field: the step joins the list, which only this person sees.
step-name = Add it
# Steps, name of the list, for screen readers.
step-list = Steps I named
# Steps, button at a step: the peer sees it then.
step-share = Show { $peer }
# Steps, button at a step that only the person sees: it goes from the list.
step-remove = Take out
# At a step that was shown.
step-shown = { $peer } can see this.
# At a step that was shown before, to a peer who is not here now.
step-shown-before = You showed this.
# Steps, label of a field that is for the person alone. Never a demand.
step-next = A next step, in my own words. You can skip this.
# Steps, when no more fit.
step-full = This list is full. Take one out to make room.

## Keeping with the code

# My page, drawing and steps, button: all three are kept, locked with the code.
keep-do = Keep with my code
# Above that button. RISK: a claim, translate exactly.
keep-what = This keeps your page, your drawing and your steps, locked with your seven words. We cannot read them.
# After keeping. SAFETY: without the words nothing comes back.
keep-done = Kept. Your seven words bring it back. Without them, no one can.
# When something was written since it was kept.
keep-newer = Some of this is not kept yet.
# Button then.
keep-again = Keep it as it is now
# Button: what is kept is deleted from the service.
keep-stop = Stop keeping
# Asked before.
keep-stop-ask = Delete what is kept with your code? What is on this page stays until you leave.
# The button that does it.
keep-stop-yes = Delete what is kept
# After that.
keep-stopped = Nothing is kept now.
# Button: what was kept before comes onto the page.
keep-back = Bring back what I kept
# After that.
keep-back-done = It is back. Only you can see it.
# After that, where there was nothing.
keep-none = Nothing is kept with this code.
# Where the page does not know the code: before a talk, and after a reload.
keep-no-code = This page does not know your code right now. Start a talk, or come back with your seven words. Then you can keep it.
# Where something was kept that this page has not seen: nothing is overwritten.
keep-conflict = Something else is kept with your code. Bring that back first. Then keep it all.
# Where the service could not be reached, or did not take it. Nothing is lost.
keep-not = That did not work right now. Your words are still here. Try again.
# While it is under way: up to a few seconds. Nothing is asked of the person.
keep-busy = One moment.
# Where it is too much. Nothing is lost.
keep-long = That is more than your code can keep. Take some out, then keep it.
# Where what is kept was made by another version of the page, or was changed by somebody.
keep-unread = What is kept cannot be read here.
# Where two drawings together are too large. Nothing is lost.
keep-two-drawings = The kept drawing and this one do not fit on one board. Undo some of this one. Then bring the other back.
