### reviewers: none yet
### The client's page, and what all pages share.
### Voz: tú, frases cortas, presente, palabras sencillas. Sin adivinar el género de nadie. Sin órdenes, sin disculpas.
### $peer is an alias chosen by a peer: never inflected, no gender known. Peers are "they".

## Every page

# Name of the service, in the bar. Not translated.
brand = Beside
# Bar, first link for keyboards: jumps over the bar. Tone: matter of fact.
skip-link = Ir a la plática
# Bar. SAFETY: hides this page at once and opens a weather page. Two short words that can be found in a fright.
leave-now = Salir ya
# Bar. SAFETY: opens the list of people who can help right now.
help-now = Ayuda ya
# Any panel, button.
close = Cerrar
# Any inline question, button that changes nothing.
cancel = No, dejarlo así
# Any question before an act, under its two buttons while something else is under way. Tone: calm.
ask-busy = Otra cosa está en curso. Espera un momento.
# The person's own words in a talk, as the name of who speaks.
you = Tú
# Landing and waiting room, under the bar's button. SAFETY: says what Leave now does not do.
leave-note = Salir ya abre una página del clima. No borra tu historial. Una pestaña privada ayuda.
# Landing and More, only with a real keyboard. SAFETY.
leave-keys = Presiona Shift (mayúsculas) tres veces para salir rápido.
# Read out after each press of Shift. SAFETY: a fast way out is being used.
leave-count = { $pressed } de { $of }

## Language

# Landing, More and the pages of the team, name of the group of languages for screen readers. Each language is named by itself.
language-title = Idioma de esta página
# Read out when another language was chosen: says in the new language which one it is.
language-now = Ahora esta página está en español.
# Under the languages, while the one chosen was not yet read through by people who speak it. RISK: honest, no alarm.
language-unread = Este idioma está a prueba. Todavía no han revisado estas palabras personas que lo hablan.
# Under the languages, where the words of the one chosen could not be fetched. Names the fix.
language-missing = Ese idioma no llegó. Intenta otra vez en un momento.

## Facts and stories

# Look around and waiting room, where something to read could not be fetched. A button to try again follows.
reading-missing = Esto no llegó.
# Fact card, button: copies the fact for a poster or a message.
fact-copy = Copiar el texto
# Fact card, button: prints this card alone.
fact-print = Imprimir
# Under a story that the team made up. RISK: honest, nobody real said this.
story-example = La escribió nuestro equipo como ejemplo. No es de una persona real.

## Landing

# Landing, the page's first sentence. Tone: warm, no promise of a cure.
landing-title = Habla con alguien que también ha pasado por momentos difíciles.
# Landing, below the title.
landing-lead = Gratis. Sin nombre. Sin registro. Tú pones el ritmo.
# Landing, main button: begins a talk. Tone: no hurry.
landing-start = Empieza cuando quieras
# Landing, button: opens an earlier talk.
landing-back = Volver con mi código
# Landing, button: shows what happens here without starting anything.
landing-look = Mirar primero
# Landing. Honest about what peers are not.
landing-who = Quienes te acompañan se prepararon para escuchar. No son profesionales de la medicina ni de la psicología.
# Landing, while peers are there. $time is a time of day on this device.
landing-open = Ahora está abierto, hasta las { DATETIME($time, hour: "numeric", minute: "2-digit") }, hora tuya.
# Landing, outside opening hours. $when is a weekday and a time of day on this device.
landing-closed = Ahora está cerrado. Abrimos el { DATETIME($when, weekday: "long", hour: "numeric", minute: "2-digit") }, hora tuya. Puedes escribir una nota o usar Ayuda ya.
# The same, where the next hours are not known.
landing-closed-now = Ahora está cerrado. Puedes escribir una nota o usar Ayuda ya.
# Landing, without scripts. SAFETY: the numbers are on the same page.
landing-no-scripts = Para hablar aquí hacen falta scripts, y este navegador los tiene apagados. Los números de abajo funcionan sin ellos.
# Landing, on an unprotected address. SAFETY: other help follows.
insecure = Aquí esta página no está protegida, así que no se puede hablar. Estas personas pueden ayudar ahora:
# Landing, in the browser inside another app. SAFETY.
inapp = Estás dentro de otra aplicación, que podría ver lo que escribes. Abre esta página en tu navegador.
# Landing, name of the picture for screen readers.
landing-scene = Dos piedras, una al lado de la otra, en una banca junto al agua.
# Landing, heading of the promises; the limits stand beside it at the same size.
promise-title = Lo que prometemos
# Promise. RISK: a claim, translate exactly.
promise-anon = No preguntamos quién eres. No tenemos ninguna lista de nombres donde buscar.
# Promise. RISK: a claim, translate exactly.
promise-locked = Tus palabras se cierran con llave antes de salir de este teléfono. Pueden abrirlas nuestras personas de apoyo, y después solo aquella con quien hablas. El servicio mismo no puede.
# Promise. RISK: a claim, translate exactly.
promise-control = Puedes hacer una pausa, saltarte algo, borrar o salir cuando quieras. Nunca tienes que decir por qué.
# Promise. RISK: a claim, translate exactly.
promise-free = Es gratis y usa muy pocos datos. Nunca vendemos ni estudiamos lo que escribes.
# Landing, heading of the limits. Tone: honest, not frightening.
limits-title = Los límites, para que no haya sorpresas
# Limit. RISK: never softened.
limits-flag = Si tú o tu persona de apoyo señalan unas palabras, alguien de moderación puede leer esas palabras. También alguien del equipo a quien se lo pida. No pueden abrir lo demás.
# Limit. SAFETY: someone in danger reads this.
limits-rescue = No sabemos dónde estás, así que no podemos mandarte ayuda. Si hay peligro ahora, llama al 911.
# Limit. SAFETY: someone may be watched.
limits-phone = Quien tenga o vigile este teléfono podría ver esta página. Salir ya la esconde. No borra tu historial.
# Limit. RISK: a claim, translate exactly.
limits-server = Nuestro servidor ve que un teléfono habla con él, y cuándo. No guarda la dirección.
# Limit. RISK: a claim, translate exactly.
limits-wishes = Mientras esperas, nuestro servidor puede leer tu idioma, si se siente urgente y los deseos que elijas. Hasta que termine la plática, también puede leer a quién le dijiste que no.
# Limit. RISK: a claim, translate exactly.
limits-page = Nuestro servidor te manda esta página. Quien lo tomara podría cambiarla. Trabajamos para que eso sea difícil, y todavía nadie de fuera lo ha revisado.
# Limit. RISK: a claim, translate exactly. $days is a whole number.
limits-backup = Las pláticas borradas pueden quedar en copias de respaldo hasta { $days } días. Solo podrían abrirlas tu código, tu persona de apoyo o, si tu plática esperaba en ese momento, nuestras otras personas de apoyo.
# Limit, only where the law says so. SAFETY: said before anybody tells.
limits-duty = Si le dices a una persona de apoyo quién es y dónde está un niño o una niña en peligro, tal vez tenga que reportarlo.
# Limit, only while a coordinator keeps everything past its days, as a court may ask. RISK: a claim, translate exactly.
limits-hold = Por ahora, las pláticas y lo señalado se quedan más días de los que decimos. Quién puede abrirlo sigue igual. Lo que tú borras se sigue borrando.
# Added to a sentence that says for how many days a talk or a note is kept, while a hold is on. RISK: a claim, translate exactly.
hold-longer = Por ahora se queda más tiempo que eso. Lo que tú borras se sigue borrando.
# Landing, heading of the worries.
worry-title = Dudas que trae la gente
# Worry, the question one has. Tone: no judgement.
worry-worse = ¿Y si hay gente que la pasa peor?
# Worry, the answer.
worry-worse-answer = Aquí también hay lugar para ti. No tienes que ganártelo.
# Worry, the question one has.
worry-words = ¿Y si no sé qué decir?
# Worry, the answer.
worry-words-answer = “Hola” basta. Un dibujo también.
# Worry, the question one has. SAFETY: fear of police or rescue.
worry-door = ¿Va a venir alguien a mi puerta?
# Worry, the answer. RISK: a claim.
worry-door-answer = No. No sabemos dónde estás.
# Worry, the question one has.
worry-alone = Puedo con esto sin ayuda.
# Worry, the answer. Tone: agrees, then offers.
worry-alone-answer = Puede ser. Igual puedes tener compañía mientras tanto.
# Worry, the question one has.
worry-judge = ¿Van a pensar mal de mí?
# Worry, the answer.
worry-judge-answer = Las personas de apoyo también han pedido ayuda.
# Worry, the question one has.
worry-stop = ¿Y si dejo de contestar?
# Worry, the answer.
worry-stop-answer = Está bien. Nadie se va a enojar.
# Landing, fold. SAFETY: for someone whose phone is watched.
safer-link = Más seguridad en un teléfono compartido
# Safer use. SAFETY.
safer-private = Usa una pestaña privada. Olvida esta página cuando la cierras.
# Safer use. SAFETY.
safer-device = Lo mejor es un teléfono o una computadora que nadie más revise.
# Safer use. SAFETY: wiping everything can raise suspicion.
safer-history = Si limpias tu historial, quita solo esta página. Un historial vacío puede levantar preguntas.
# Safer use. SAFETY: the name is that of the button in the bar.
safer-leave = Salir ya está siempre arriba. Esconde todo de una vez.
# Safer use. SAFETY: the name is that of the switch in the waiting room.
safer-nothing = En la plática puedes encender “Teléfono compartido”. Entonces no se guarda nada en él.

## Look around first

# Look around, heading.
look-title = Qué pasa aquí
# Look around, step 1.
look-start = Tocas Empieza. No hay formularios antes. Puedes escribir enseguida.
# Look around, step 2.
look-wait = Mientras esperas a una persona de apoyo, puedes cambiar o retirar lo que escribiste.
# Look around, step 3.
look-meet = Ves quién es tu persona de apoyo antes de que lea una palabra. Puedes decir que no.
# Look around, step 4.
look-talk = Escribes con una sola persona. Nadie ve cuándo lees ni cuándo escribes.
# Look around, step 5.
look-end = Paras cuando quieras. Siete palabras te traen de vuelta, si quieres guardarlas.
# Look around, button: back to the first screen.
look-back = Volver a la primera página

## Help now (the crisis card)

# Panel and section of Help now. SAFETY: read by someone who may be thinking of suicide. Calm, no command, no blame.
help-title = Personas que puedes contactar ahora mismo
# Crisis card. SAFETY: as above.
crisis-body = Si sientes que podrías hacerlo, o si alguien se lastimó, estas personas pueden ayudar ahora mismo.
# Crisis card, fold. SAFETY: fear of forced rescue keeps people away.
crisis-know = ¿Qué pasa si llamo?
# Crisis card, inside the fold. SAFETY: honest, calm.
crisis-know-body = Te escucha una persona preparada para eso. La mayoría de las llamadas terminan hablando. En raras ocasiones pueden mandar ayuda. No son parte de Beside.
# Crisis card, button that folds it away. Tone: no pressure.
crisis-later = Ahora no
# Crisis card in a talk. RISK: a claim.
crisis-private = Solo tú puedes ver esta tarjeta. No le avisó a nadie.

## Waiting room

# Waiting room, heading. Tone: welcome.
wait-title = Ya estás dentro. Aquí te acompañará una persona de apoyo.
# Waiting room. $low and $high are whole minutes. Honest, no promise.
wait-range = { $low ->
    [0] Hoy la mayoría esperó hasta { $high } minutos.
   *[other] Hoy la mayoría esperó de { $low } a { $high } minutos.
}
# Waiting room, places in line.
wait-ahead = { $n ->
    [0] Sigues tú.
    [one] Hay una persona antes que tú.
   *[other] Hay { $n } personas antes que tú.
}
# Waiting room, where few waits are known.
wait-unsure = No podemos decir cuánto tardará. Ahora hay pocas personas de apoyo.
# Waiting room, under the field to write in. RISK: a claim.
wait-write = Puedes empezar a escribir. Nadie lo ve hasta que llegue una persona de apoyo. Puedes cambiarlo o retirarlo.
# Waiting room, under words that are ready; the button beside it takes them back.
wait-held = Listo para tu persona de apoyo. ¿Quieres retirarlo?
# Waiting room, button beside wait-held.
wait-take-back = Retirar
# Waiting room, above four lines to tap; a tap puts the line into the field.
wait-hello = ¿No sabes cómo empezar? Toca una:
# Waiting room, a line to begin with. In the person's own voice.
hello-hi = Hola
# Waiting room, a line to begin with.
hello-start = No sé por dónde empezar
# Waiting room, a line to begin with.
hello-today = Hoy fue difícil
# Waiting room, a line to begin with.
hello-nothing = ¿Podemos hablar de cualquier cosa?
# Waiting room, label and placeholder of the field. Tone: an offer.
write-waiting = Empieza a escribir, si quieres
# Talk, label and placeholder of the field.
write-here = Escribe aquí
# Button that hands words over. One word.
send = Enviar
# Waiting room, name of the list of one's own words for screen readers.
wait-log = Lo que has escrito hasta ahora
# Waiting room, switch: the person's own word for how it is.
urgent-chip = Se siente urgente
# Waiting room, after urgent-chip; the crisis card follows. SAFETY: calm.
urgent-after = Ahora estás más cerca del principio de la fila. También puedes contactar a alguien ahora mismo:
# Waiting room, who can open the words now. RISK: a claim.
readers-waiting = Mientras esperas, cualquiera de nuestras personas de apoyo podría abrir tus palabras. Cuando llegue una, solo esa persona puede.
# Waiting room and talk, while the page still gets ready. Tone: still, no hurry.
opening = Estamos preparando tu lugar. Ya puedes escribir.

## Meeting a peer

# Meeting, heading. $about is one sentence that the peer wrote.
meet-title = { $peer } está aquí. { $about }
# Meeting, before a list of language names.
meet-languages = Habla { $languages }
# Meeting, before a list of topics the peer lived through.
meet-lived = Ha vivido: { $lived }
# Meeting. RISK: a claim. Saying no costs nothing.
meet-unread = { $peer } todavía no ha leído nada. Si dices que no, conservas tu lugar.
# Meeting, button: yes.
meet-hello = Saludar
# Meeting, button: no, and no harm done.
meet-else = Esperar a alguien más
# Talk, heading: a second person of the team wants to come in. RISK: consent.
seat-asks = { $peer } pide unirse a esta plática.
# Talk, under seat-asks. RISK: a claim.
seat-unread = { $peer } no puede leer nada nuevo si tú no dices que sí.
# Talk, button: consent to a second reader.
seat-yes = Sí, puede entrar
# Talk, button: no second reader.
seat-no = No

## The talk

# Talk, top. RISK: a claim.
room-with = Estás hablando con { $peer }, una persona de apoyo preparada para escuchar. { $peer } no puede ver quién eres.
# Talk, who holds a key now. $names is a list of aliases. RISK: a claim.
readers-now = Tú y { $names } pueden leer esta plática. Nadie más puede.
# Talk, where nobody of the team holds a key. RISK: a claim.
readers-none = Ahora solo tú puedes leer esta plática.
# Talk, name of the list of messages for screen readers.
log-name = Tu plática
# Talk, before the first words.
log-empty = Todavía no hay nada escrito. Tómate tu tiempo.
# Read out by screen readers for each message of the peer.
peer-says = { $peer } dice: { $words }
# Talk, button when new words are below what is on the screen.
new-below = Hay palabras nuevas abajo
# State of own words: not on the server yet.
send-waiting = Espera para enviarse
# State of own words: they are on the server. Says nothing about being read.
send-sent = Enviado
# State of own words that did not go. Tone: nothing is lost.
send-failed = Aún no se envió. Tus palabras siguen aquí.
# Button beside send-failed and err-ours.
send-again = Intentar otra vez
# Button on a message: opens what can be done with it.
note-more = Más sobre este mensaje
# Message, button.
note-copy = Copiar
# Message, said after copying.
note-copied = Copiado
# Message, where the browser did not allow copying.
note-copy-no = Este navegador no lo copió. Puedes marcar las palabras y copiarlas.
# Message, button: when it was written.
note-time = Mostrar la hora
# Message, when it was written.
note-when = { DATETIME($time, weekday: "short", hour: "numeric", minute: "2-digit") }
# Message of a kind this page does not know.
note-unknown = Esto no se puede mostrar aquí.
# Message from before somebody joined; they were not given it.
note-hidden = Palabras de antes, que no se compartieron contigo.
# Message, button: removes it on both sides.
delete-both = Borrar para las dos partes
# Message, asked before delete-both. RISK: a claim.
delete-ask = ¿Borrar esto de los dos lados? Tal vez { $peer } ya lo leyó. Si se señaló, moderación conserva una copia.
# Message, asked before delete-both while no peer is there. RISK: a claim.
delete-ask-alone = ¿Borrar esto de los dos lados? Si se señaló, moderación conserva una copia.
# In place of an own message that was deleted.
delete-done = Borraste un mensaje.
# In place of a peer's message that they took back. RISK: the words are folded, not gone.
peer-took-back = { $peer } retiró un mensaje.
# Line in the talk: the peer ended for now. Tone: no blame.
note-peer-bye = { $peer } dejó la plática por ahora. Eso siempre está bien.
# Line in the talk, on the peer's page: the client ended for now.
note-client-bye = Terminó la plática por ahora. Eso siempre está bien.
# Line in the talk, on the peer's page: they ended it themselves.
note-own-bye = Terminaste la plática por ahora.
# Line in the talk: the peer sent words to a moderator. SAFETY: plain, no blame.
note-peer-flagged = { $peer } le pidió a moderación que mire unas palabras de esta plática. Moderación lee solo esas.
# Line in the talk, on the peer's page: they sent words to a moderator.
note-own-flagged = Le pediste a moderación que mire unas palabras. Aquí se le avisó a la persona.
# Line in the talk: how fast the person who looks for help likes to go.
note-client-pace = { $what ->
    [listen] Ahora el ritmo es “Solo escúchame”.
    [slowly] Ahora el ritmo es “Despacio”.
    [ask] Ahora el ritmo es “Pregúntame”.
   *[other] Ahora el ritmo es otro.
}
# Line in the talk: what would help the person who looks for help.
note-client-need = { $what ->
    [heard] Lo que ayudaría hoy: que alguien escuche.
    [ideas] Lo que ayudaría hoy: ideas.
    [facts] Lo que ayudaría hoy: datos o lugares adonde ir.
    [company] Lo que ayudaría hoy: compañía por un rato.
   *[other] Todavía no está claro qué ayudaría hoy.
}
# Line in the talk: a pause of the person who looks for help. Tone: nothing is expected.
note-client-pause = { $what ->
    [here] Está aquí, sin escribir por ahora.
    [away] Se fue por un rato.
   *[other] Volvió de la pausa.
}
# Line in the talk: the person who looks for help leaves a question out. Tone: perfectly fine.
note-client-skip = Se saltó esa.
# Line in the talk: the person who looks for help leaves a question for later. Tone: perfectly fine.
note-client-not-ready = Todavía no para eso.
# Line in the talk: the peer sits and waits.
note-peer-here = { $peer } está aquí. Sin prisa.
# Line in the talk, on the peer's page: they said that they sit and wait.
note-own-here = Dijiste que estás aquí, sin prisa.
# Line in the talk: the peer nodded at a message.
note-peer-nod = { $peer } asintió.
# Line in the talk, on the peer's page: they nodded at a message.
note-own-nod = Asentiste.
# Line in the talk: a peer nodded at a message, and their alias is not known here.
note-some-nod = Una persona de apoyo asintió.
# Line in the talk: the peer goes at a clock time.
note-peer-leaving = { $peer } tiene que irse a eso de las { DATETIME($time, hour: "numeric", minute: "2-digit") }. ¿Cómo te gustaría usar el tiempo que queda?
# Line in the talk, on the peer's page: they said when they go.
note-own-leaving = Dijiste que tienes que irte a eso de las { DATETIME($time, hour: "numeric", minute: "2-digit") }.
# Talk, banner: the peer's line broke.
peer-lost = Se cortó la conexión de { $peer }. Guardamos tu lugar. ¿Esperas o cambias a alguien más?
# Talk and More, button, and title of the panel that asks first.
switch-short = Cambiar a alguien más
# Talk, the peer is away from their page. Tone: calm.
peer-left = { $peer } no está ahora. Tus palabras le llegan cuando vuelva.
# Talk, an item of the peer that could not be opened. Tone: blames nobody.
err-open = No pudimos abrir un mensaje. No es por nada que hayas hecho. { $peer } puede enviarlo otra vez.
# Talk, an own item that could not be opened.
err-open-own = No pudimos abrir un mensaje. No es por nada que hayas hecho. Puedes enviarlo otra vez.
# Talk and screens after it. Tone: a door stays open.
err-closed = Esta plática está cerrada. Puedes empezar una nueva cuando quieras.
# Something of ours did not work; a button to try again follows. Tone: our fault, nothing lost.
err-ours = Algo no funcionó de nuestro lado. Tus palabras siguen aquí.
# Composer, when the words are too many for one message; the button sends them in two or more.
err-full = Tu nota es muy larga para enviarla de una vez. ¿Enviarla en dos partes?
# Composer, button beside err-full.
full-send = Enviar en partes
# Composer, near the end of what fits.
write-near = Esta nota está casi llena. Puedes enviarla y seguir en otra.
# Banner near the composer. Tone: nothing is lost.
net-off = No tienes conexión. Sigue escribiendo. Se envía cuando vuelvas.
# Banner near the composer.
net-slow = La conexión está lenta. Tus palabras van en camino.
# Near the composer, while something that was tapped is being done. Tone: still.
one-moment = Un momento.
# Banner near the composer, after being offline.
net-back = Ya tienes conexión otra vez. Todo se envió.

## Coming back

# Coming back, heading.
back-title = Volver a tu plática
# Coming back, label of the one field.
back-field = Tus siete palabras
# Coming back, under the field.
back-hint = No importan las mayúsculas, los acentos, los espacios ni las líneas. Bastan las primeras cuatro letras de cada palabra. Los números también sirven.
# Coming back, button.
back-open = Abrir mi plática
# Coming back, while the page works.
back-busy = Estamos buscando tu plática. Puede tardar un poco.
# Coming back, where the words have another shape. Names the fix.
back-shape = Estas todavía no son siete palabras nuestras. Revisa cómo están escritas y que sean siete. No importan las mayúsculas ni los acentos.
# Coming back, where no talk is found. Names the fix. $days is a whole number.
back-check = Esas palabras no abren ninguna plática. Revisa cómo están escritas. No importan las mayúsculas. Las pláticas se cierran después de { $days } días.
# Coming back, where the service does not answer. Names the fix.
back-unreachable = Ahora no podemos conectar con el servicio. Tus palabras siguen en el campo. Intenta otra vez en un momento.
# Talk, after coming back or a reload. Someone may be looking over a shoulder.
back-hello = Hola otra vez. Tus últimas palabras están escondidas. Puedes mostrarlas o empezar de nuevo.
# Button beside back-hello.
back-show = Mostrarlas
# Button beside back-hello: they stay hidden.
back-fresh = Empezar de nuevo
# Talk, after Start fresh: shows the words from before after all.
back-earlier = Mostrar mis palabras de antes

## The code

# Code card, heading line. Tone: an offer.
code-offer = ¿Quieres volver a esta plática? Estas siete palabras te traen de vuelta.
# Code card. RISK: a claim.
code-care = Cualquiera que tenga estas palabras puede abrirla. No podemos enviarlas otra vez, porque no las sabemos.
# Code card, button that shows the words: nothing stands there before.
code-show = Mostrar mis siete palabras
# Code card, button.
code-copy = Copiar
# Code card, button.
code-numbers = Mostrar como números
# Code card, button: the numbers become words again.
code-words = Mostrar como palabras
# Code card, button. Tone: perfectly fine.
code-none = No quiero un código
# Panel in More, title and button.
code-mine = Mi código
# Panel My code after a reload. RISK: a claim.
code-gone = La página se cargó otra vez, así que ya no podemos mostrar tu código. Si anotaste las palabras, todavía sirven.
# Switch in the waiting room and More. SAFETY: for a phone that others use.
shared-phone = Teléfono compartido: no guardar nada si la página se recarga.

## More

# Dock, button and title of the panel with everything else.
more = Más
# More, switch: more room between letters and lines.
wider-text = Texto más amplio
# More, switch.
look-dark = Oscuro
# More, switch.
look-light = Claro
# More, switch: Enter hands words over in place of making a line.
enter-sends = Enter envía
# More, switch, only with a keyboard. SAFETY: off where Shift is used for other things.
shift-leaves = Shift tres veces sale de aquí
# More, button: stop here, the talk can go on another day.
end-start = Terminar por ahora
# More, button: close the talk for good.
end-talk = Terminar esta plática
# Asked before end-talk. $days is a whole number.
end-ask = ¿Terminar esta plática? Ya nadie podrá escribir en ella. Tu código todavía la abre para leerla, hasta { $days } días.
# Button beside end-ask.
end-yes = Terminarla
# Asked before looking for another peer. RISK: a claim.
switch-ask = ¿Cambiar a alguien más? Tus palabras se quedan aquí contigo. Tú eliges qué ve la siguiente persona de apoyo.
# Panel, button that gets in line for another peer.
switch-yes = Cambiar

## Something felt wrong

# More and each message, button and title of the panel.
flag-open = Algo no se sintió bien
# Panel, above the messages to pick. RISK: a claim.
flag-title = ¿Algo no se sintió bien? Elige las palabras. Solo lo que elijas va a moderación:
# Panel, when one flag can hold no more words. $most is a whole number.
pick-full = En un reporte caben { $most } mensajes. Después puedes enviar otro.
# Panel, where nothing was said yet.
flag-nothing = Todavía no hay palabras para elegir.
# Panel, above the choices.
flag-why = ¿De qué se trata?
# Panel, choice.
flag-danger = Alguien está en peligro
# Panel, choice: sexual, contact or money.
flag-contact = Pidió mis datos o dinero, o fue algo sexual
# Panel, choice.
flag-abuse = Me lastimó o me humilló
# Panel, choice.
flag-other = Otra cosa
# Panel, label of a field one can leave empty.
flag-note = Agrega una línea, si quieres
# Panel, before one's own line in what is sent.
flag-note-yours = Tu línea
# Panel, heading above exactly what is sent.
flag-preview = Esto es lo que se envía:
# Panel, while nothing is picked.
flag-pick-first = Elige al menos un mensaje.
# Panel, above the preview. RISK: a claim.
flag-who = Lo lee una persona de moderación, y nada más de tu plática. No se le avisa a { $peer }.
# Panel, where no alias is known. RISK: a claim.
flag-who-alone = Lo lee una persona de moderación, y nada más de tu plática. No se le avisa a tu persona de apoyo.
# Panel, button.
flag-send = Enviar a moderación
# Panel, while it goes out.
flag-sending = Enviando
# Panel, after it went out. Tone: thanks, and free to choose.
flag-after = Gracias. ¿Sigues hablando con { $peer }, cambias a alguien más o paras aquí?
# Panel, after it went out where no peer is there.
flag-after-alone = Gracias. Alguien de moderación leerá lo que enviaste.
# Panel, button after flag-after.
flag-stay = Seguir hablando
# Panel, button after flag-after.
flag-stop = Parar aquí
# Panel, where three reports wait already.
flag-slow = Tres de tus reportes esperan a que los lean. Después puedes enviar otro.
# Panel, where it did not go out.
flag-failed = No se envió. Lo que elegiste sigue aquí. Intenta otra vez.
# Talk, outcome of a report. Tone: plain. RISK: names nobody.
outcome-none = Alguien de moderación leyó lo que enviaste. Esta plática sigue abierta. Puedes cambiar o quedarte.
# Talk, outcome of a report.
outcome-closed = Alguien de moderación leyó lo que enviaste y cerró esta plática. Puedes empezar una nueva cuando quieras.
# Button beside an outcome: it was read.
outcome-ok = De acuerdo

## After a talk

# After a talk, heading. Tone: thanks, nothing is asked.
end-title = Gracias por hablar aquí.
# After End for now. RISK: a claim.
rest-who = Ahora solo tú puedes abrir esta plática. Tu código te trae de vuelta, hasta { $days } días.
# After End for now, heading of the choices.
rest-again = Buscar a alguien otra vez
# After End for now and before switching, before the two choices.
rest-sees = Qué ve la siguiente persona de apoyo
# After End for now and before switching, choice. The default.
rest-fresh = Solo lo que escriba de aquí en adelante
# After End for now and before switching, choice. RISK: consent.
rest-past = También lo que se dijo antes
# After End for now and before switching, below both choices. RISK: consent.
rest-along = Tu ritmo, lo que ayudaría y el nombre que diste van también.
# After End for now, button.
rest-look = Buscar a una persona de apoyo
# After a talk, button: removes it.
gone-delete = Borrar esta plática
# Asked before gone-delete. RISK: a claim.
gone-ask = ¿Borrar esta plática? Las palabras y las llaves se quitan de inmediato. Si algunas se señalaron, moderación conserva esas.
# After gone-ask, and again after deleting, where the person has something there. RISK: a claim.
gone-pages = Mi página, tu dibujo y tus pasos no son parte de ella. Se quedan en esta página hasta que te vayas.
# Button beside gone-ask.
gone-yes = Borrarla
# After deleting, heading.
gone-title = Esta plática está borrada.
# After deleting. RISK: a claim. $days is a whole number.
gone-backup = Una copia cerrada con llave puede quedar en los respaldos hasta { $days } días.
# After a talk, button: begins a new one.
new-talk = Empezar una plática nueva
# After a talk, fold with what was said.
past-words = Lo que se dijo

## When something does not work

# Heading where no talk could be opened. SAFETY: other help follows.
noroom-title = No pudimos abrir una plática.
# Where no talk could be opened, under the heading. SAFETY: other help follows.
noroom-help = Estas personas pueden ayudar ahora:
# Cause: the service does not answer. Names the fix.
trouble-unreachable = Ahora no podemos conectar con el servicio. Tus palabras siguen aquí.
# Cause: too many people wait. Names the fix.
trouble-full = Hay mucha gente esperando. Tus palabras siguen aquí. Intenta otra vez en un rato.
# Cause: too many tries in a short time. Names the fix.
trouble-slow = Fue mucho de una sola vez. Espera un minuto y luego intenta otra vez.
# Cause: the signed list of peers is out of date, or not the right one. RISK: no talk opens, rightly.
trouble-directory = Hoy no pudimos comprobar nuestra lista de personas de apoyo, así que no se abre ninguna plática nueva. Eso protege tus palabras.
# Cause: the code of this month opened all its talks.
trouble-slots = Tu código ya abrió todas sus pláticas de este mes. Una plática nueva recibe un código nuevo.
# Banner: the date of this device is wrong. Names the fix.
trouble-date = La fecha de este aparato está mal por más de un día. Ajústala para que podamos comprobar nuestra lista de personas de apoyo.
# Banner: what came did not pass the check; composing stops. RISK: plain, no fear.
trouble-broken = Algo en esta plática no pasó nuestra comprobación, así que aquí ya no se envía nada. Puedes cambiar a alguien más.
# Banner: all keys of this talk are used.
trouble-epochs = Esta plática ya usó todas sus llaves. Puedes empezar una nueva.
# Banner: the service shows an older state of this talk. RISK: sends only after a tap.
older-copy = El servicio volvió a una copia más vieja de esta plática. Guardamos tus palabras en esta pantalla. ¿Seguir con llaves nuevas?
# Button beside older-copy.
older-go-on = Seguir

## Topics

# Topic, in lists of what a peer lived through. Short, no diagnosis.
topic-worry = preocupación
# Topic.
topic-low-mood = ánimo bajo
# Topic.
topic-loneliness = soledad
# Topic.
topic-family = familia
# Topic.
topic-money = dinero o vivienda
# Topic.
topic-drink-drugs = alcohol o drogas
# Topic.
topic-grief = duelo
# Topic. SAFETY: may be read by someone who is watched.
topic-violence-home = violencia en casa
# Topic.
topic-parent = ser mamá o papá
# Topic.
topic-faith = fe
# Topic.
topic-lgbtq = ser LGBTQ+
# Topic.
topic-work-school = trabajo o escuela
# Topic.
topic-immigration = inmigración
# Topic.
topic-health = salud
# Topic.
topic-other = otra cosa
