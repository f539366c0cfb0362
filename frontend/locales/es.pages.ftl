### reviewers: none yet
### What a client writes, draws and names for themselves, and shares bit by bit; the page both write on.
### Voice: short, present tense, tú and nosotros; plain words for Mexico, Central America and the US. No exclamation marks, no idioms.
### The client is never given a gender: "la persona", no -o or -a about them.
### $peer is an alias chosen by a peer: never inflected, no gender known.

## My page

# My page: name of the button and heading of the panel.
page-title = Mi página
# My page, drawing and steps, first line. RISK: a claim, translate exactly. Nothing is kept unless the person asks.
page-private = Solo tú puedes ver esto. Se borra cuando te vas, a menos que lo guardes con tu código.
# My page, label of the field. Tone: an offer.
page-write = Escribe aquí, solo para ti
# My page, when the field is nearly or quite full. Nothing is lost.
page-full = Esta página está casi llena. Puedes compartir líneas o quitar algunas.
# My page, above the lines with a box each.
page-pick = Elige las líneas que quieres compartir.
# Above a preview of exactly what goes. RISK: a claim, translate exactly.
page-preview = { $peer } verá solo esto:
# The same, where two or more can read. RISK: a claim, translate exactly. $names: their aliases, joined.
page-preview-all = { $names } verán solo esto:

## Sharing and taking back

# My page, main button under the preview.
share-lines = Compartir estas líneas
# Drawing: label of the slider, and main button: the strokes up to the chosen one go.
share-step = Compartir hasta este paso
# Under what was shared, button: removes it on both pages.
share-back = Retirar
# Where nobody is there to share with yet. Tone: calm, it waits here.
share-nobody = Todavía no hay con quién compartir. Se queda aquí. Cuando alguien esté contigo, tú eliges lo que ve.
# Read out and shown after sharing.
share-done = Va en camino a { $peer }. Puedes retirarlo más abajo.
# My page, when the picked lines are more than one message holds.
share-much = Es mucho para una sola vez. Elige menos líneas.
# Heading of the list of what was shared so far.
share-so-far = Lo que compartiste
# In a talk, above lines that the client shared from their own page; on both pages. The person is not named.
shared-page = De una página propia
# The same on the client's own page.
shared-page-own = De mi página
# The lines of such a page, as they are read out. $words: the lines.
shared-page-read = De una página propia: { $words }
# In a talk, above a step that the client named; on both pages.
shared-step = Un paso
# The same, as it is read out. $words: the person's own words.
shared-step-read = Un paso: { $words }
# Label over what a peer would like the next peer to know of a talk. The person reads it before anybody else does.
shared-handover = Una nota para la próxima persona
# The same, as it is read out. $words: what the card says.
shared-handover-read = Una nota para la próxima persona: { $words }
# Label over what the person agreed to have told to the next peer.
shared-consent = Lo que puede saber la próxima persona
# The same, as it is read out. $words: what the person agreed to.
shared-consent-read = Lo que puede saber la próxima persona: { $words }
# A drawing, for who does not see it. $words: the words that its maker put beside it.
shared-drawing = Dibujo: { $words }
# A drawing, for who does not see it, where its maker wrote no words.
shared-drawing-bare = Un dibujo sin palabras

## Drawing

# Drawing: name of the button and heading of the panel.
draw-title = Dibujar
# Drawing, name of the square one draws on, for screen readers.
draw-board = Tablero para dibujar con el dedo, un lápiz o el ratón
# Drawing, name of the two ways to draw, for screen readers.
draw-ways = Cómo dibujar
# Drawing, the way with a hand.
draw-free = Líneas
# Drawing, the way with taps or keys only: ready shapes are put in places.
draw-stamps = Sellos
# Drawing, under the stamps. Works with a keyboard too.
draw-stamps-how = Elige un sello y un color. Luego toca un lugar, o llega con las flechas y presiona Enter.
# Drawing, legend of the six colors.
draw-color = Color
# Color of a line or a stamp.
draw-color-gray = Gris
# Color of a line or a stamp.
draw-color-blue = Azul
# Color of a line or a stamp.
draw-color-green = Verde
# Color of a line or a stamp.
draw-color-purple = Morado
# Color of a line or a stamp.
draw-color-orange = Naranja
# Color of a line or a stamp.
draw-color-red = Rojo
# Drawing, legend of the three thicknesses.
draw-width = Grosor
# Thickness of a line.
draw-width-thin = Delgado
# Thickness of a line.
draw-width-middle = Mediano
# Thickness of a line.
draw-width-thick = Grueso
# Drawing, legend of the six stamps.
draw-stamp = Sello
# A stamp: a stone.
draw-stamp-stone = Piedra
# A stamp: a wave of water.
draw-stamp-wave = Ola
# A stamp: a house.
draw-stamp-house = Casa
# A stamp: a tree.
draw-stamp-tree = Árbol
# A stamp: a heart shape.
draw-stamp-heart = Corazón
# A stamp: a round ring.
draw-stamp-circle = Círculo
# Drawing, name of the places for stamps, for screen readers.
draw-places = Lugares del tablero
# One place on the board, a button. $row counts from the top, $place from the left; whole numbers from 1 to 5.
draw-place = Fila { $row }, lugar { $place }
# Read out after a stamp was put. $stamp and $color are words of this file; $row and $place as above.
draw-placed = { $stamp }, { $color }: fila { $row }, lugar { $place }
# Drawing, button: the latest line or stamp goes.
draw-undo = Deshacer
# Read out after Undo.
draw-undone = Lo último ya no está.
# Drawing, before the board is full. Nothing is lost.
draw-near = El tablero se está llenando. Cabe un poco más.
# Drawing, when nothing more fits. Nothing is lost.
draw-full = El tablero está lleno. Todo lo que dibujaste está aquí. Deshacer hace lugar.
# Drawing, label of the field for words that go with it, and that are read out to who does not see it.
draw-words = Dilo con palabras, si quieres
# Drawing, beside the slider. $n of $all strokes or stamps would go; whole numbers.
draw-up-to = { $n } de { $all }

## Our page

# Our page: name of the button and heading of the panel, on both pages.
ours-title = Nuestra página
# Our page, before there is one, for the client. RISK: a claim, translate exactly.
our-start = Empieza una página en la que ambas personas pueden escribir. Solo tú puedes guardarla, o quitarla de ambas pantallas. El servicio la tiene, cerrada con llave, mientras tiene esta plática. “Borrar esta plática” quita las dos.
# Our page, button of the client.
ours-begin = Empezar nuestra página
# Our page, before there is one, for the peer. Tone: nothing to hurry.
ours-not-yet = Todavía no hay página. La otra persona puede empezar una en la que escriban ambas.
# Our page, under its heading, for the client. RISK: a claim.
ours-both = { $peer } ve cada línea en cuanto la agregas.
# Our page, under its heading, for the peer. RISK: a claim.
ours-both-peer = La otra persona ve cada línea en cuanto la agregas. Solo esa persona puede guardar esta página, o quitarla de ambas pantallas.
# Our page, while nothing is on it.
ours-empty = Aún no hay líneas.
# Our page, how the peer's page names who wrote a line, where it is the client.
ours-them = La otra persona
# Our page, label of the field for a new line.
ours-line = Una línea nueva
# Our page, button beside the new line.
ours-add = Agregar
# Our page, label of the field in which a line is changed.
ours-other-words = Cambia esta línea
# Our page, button at each line: opens a field with it.
ours-change = Cambiar
# Our page, button beside the changed line.
ours-save = Guardar
# Our page, button beside the changed line: it stays as it was.
ours-leave = Dejarla como estaba
# Our page, button at a line: the line goes from both screens.
ours-remove = Quitar
# Our page, when no more lines fit.
ours-full = Esta página está llena. Quita una línea para hacer lugar.
# In a talk, when the peer wrote on our page while it was not open; also read out.
ours-news = { $peer } escribió en nuestra página.
# Button beside that: opens our page.
ours-look = Verla
# Read out when the other wrote a line. $who is an alias, or the word for the person.
ours-wrote = { $who } escribió: { $words }
# Our page, button of the client: its lines are copied to My page, which nobody else sees.
ours-keep = Copiarla a mi página
# After that.
ours-kept = Ya está en mi página. Solo tú puedes ver esa copia.
# Our page, button of the client: it goes from both screens.
ours-end = Quitar nuestra página
# Our page, asked before. RISK: honest, the other may have read it, and the service holds it, locked. "Delete this talk" is gone-delete.
ours-end-ask = ¿Quitar esta página de ambas pantallas? Puede que { $peer } ya la haya leído. “Borrar esta plática” la quita también del servicio.
# The same, while no peer is there. RISK: honest.
ours-end-ask-alone = ¿Quitar esta página de ambas pantallas? “Borrar esta plática” la quita también del servicio.
# Our page, the button that does it.
ours-end-yes = Quitarla
# Our page, under the lines, for the client. $count lines of a peer were taken out or written over by $peer; a whole number. RISK: a claim.
ours-took-out = { $count ->
    [one] { $peer } quitó una línea. Todavía puedes señalarla.
   *[other] { $peer } quitó { $count } líneas. Todavía puedes señalarlas.
}
# Our page, under the lines, for the client. RISK: a claim. Somebody who was not there before reads what is added later.
ours-later = Alguien que llega después ve solo lo que se agrega desde entonces, a menos que le muestres lo que se dijo antes.
# A line of our page, where words are picked for the moderators. $words: the line.
ours-flag = En nuestra página: { $words }

## Steps

# Steps: name of the button, and of the button that adds one. A step is whatever the person says it is.
step-add = Nombrar un paso que di
# Steps, under the heading. Tone: no praise, no measure.
step-help = Cualquier tamaño cuenta. Tú decides qué es un paso.
# Steps, label of the field.
step-field = Un paso, con mis palabras
# Steps, button beside that field: the step joins the list, which only this person sees.
step-name = Añadirlo
# Steps, name of the list, for screen readers.
step-list = Pasos que nombré
# Steps, button at a step: the peer sees it then.
step-share = Mostrar a { $peer }
# Steps, button at a step that only the person sees: it goes from the list.
step-remove = Quitar
# At a step that was shown.
step-shown = { $peer } puede ver esto.
# At a step that was shown before, to a peer who is not here now.
step-shown-before = Mostraste esto.
# Steps, label of a field that is for the person alone. Never a demand.
step-next = Un próximo paso, con mis palabras. Puedes saltarte esto.
# Steps, when no more fit.
step-full = Esta lista está llena. Quita uno para hacer lugar.

## Keeping with the code

# My page, drawing and steps, button: all three are kept, locked with the code.
keep-do = Guardar con mi código
# Above that button. RISK: a claim, translate exactly.
keep-what = Esto guarda tu página, tu dibujo y tus pasos, cerrados con tus siete palabras. No podemos leerlos.
# After keeping. SAFETY: without the words nothing comes back.
keep-done = Guardado. Tus siete palabras lo traen de vuelta. Sin ellas, nadie puede.
# When something was written since it was kept.
keep-newer = Una parte de esto todavía no está guardada.
# Button then.
keep-again = Guardarlo como está ahora
# Button: what is kept is deleted from the service.
keep-stop = Dejar de guardar
# Asked before.
keep-stop-ask = ¿Borrar lo que está guardado con tu código? Lo que está en esta página se queda hasta que te vayas.
# The button that does it.
keep-stop-yes = Borrar lo guardado
# After that.
keep-stopped = Ya no hay nada guardado.
# Button: what was kept before comes onto the page.
keep-back = Traer lo que guardé
# After that.
keep-back-done = Ya está aquí. Solo tú puedes verlo.
# After that, where there was nothing.
keep-none = No hay nada guardado con este código.
# Where the page does not know the code: before a talk, and after a reload.
keep-no-code = Esta página no conoce tu código en este momento. Empieza una plática, o vuelve con tus siete palabras. Después puedes guardarlo.
# Where something was kept that this page has not seen: nothing is overwritten.
keep-conflict = Hay otra cosa guardada con tu código. Tráela primero. Después guarda todo.
# Where the service could not be reached, or did not take it. Nothing is lost.
keep-not = No se pudo en este momento. Tus palabras siguen aquí. Intenta otra vez.
# While it is under way: up to a few seconds. Nothing is asked of the person.
keep-busy = Un momento.
# Where it is too much. Nothing is lost.
keep-long = Es más de lo que tu código puede guardar. Quita un poco y guárdalo después.
# Where what is kept was made by another version of the page, or was changed by somebody.
keep-unread = Lo que está guardado no se puede leer aquí.
# Where two drawings together are too large. Nothing is lost.
keep-two-drawings = El dibujo guardado y este no caben en un solo tablero. Deshaz un poco de este. Después trae el otro.
