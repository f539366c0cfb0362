### reviewers: none yet
### The pages of peers and moderators. Read by trained people at work, often tired.
### Voz: tú, frases cortas, presente, palabras sencillas. Sin adivinar el género de nadie. Sin órdenes, sin disculpas.

## Every staff page

# Both pages, link to the other page for someone who signed in at the wrong one. Tone: matter of fact.
staff-peer-page = Ir a la página de las personas de apoyo
# Both pages, link to the other page for someone who signed in at the wrong one. Tone: matter of fact.
staff-moderator-page = Ir a la página de moderación
# Peers' page, heading for someone who signed in and is no peer. Tone: friendly, nothing went wrong.
staff-not-peer = Esta página es para las personas de apoyo.
# Moderators' page, heading for someone who signed in and is no moderator. Tone: friendly, nothing went wrong.
staff-not-moderator = Esta página es para moderación.
# At the end of every staff page, who is signed in. $alias is the name that clients see, never inflected.
staff-signed-in = Sesión abierta con el nombre { $alias }
# Every staff page, first link for the keyboard: jumps over the bar.
staff-skip = Ir al escritorio
# At the end of every staff page, folded: wider text, dark or light, how Enter and Shift work.
staff-comfort = Cómo se ve y funciona esta página
# Button at the end of the page: ends the session and forgets the keys in this browser.
staff-sign-out = Cerrar sesión
# Button beside it: also forgets the key in this browser. For a machine that others use.
staff-forget = Cerrar sesión y olvidar mi llave aquí
# Shown while the page reads what this browser keeps. Tone: still text, no hurry.
staff-opening = Abriendo tu página.

# Both pages, without scripts. RISK: staff may need the numbers for themselves.
staff-no-scripts = Para esta página hacen falta scripts, y este navegador los tiene apagados. Los números de abajo funcionan sin ellos.

## Signing in

# Sign-in page, main heading of the peers' page.
staff-title-peer = El escritorio de las personas de apoyo
# Sign-in page, main heading of the moderators' page.
staff-title-moderator = El escritorio de moderación
# Sign-in page, under the heading: what this page is not. Tone: helps a client who came here by accident.
staff-not-clients = Esta página es para el equipo. Si viniste a hablar con alguien, ve a la primera página.
# Sign-in page, link to the client's page for someone who came here by accident.
staff-first-page = Ir a la primera página
# Sign-in form, label of the name field.
signin-name = Nombre para entrar
# Sign-in form, label of the password field.
signin-password = Contraseña
# Sign-in form, label of the field for the staff secret, shown only in a browser that does not hold it yet.
signin-secret = Tus doce palabras o tu enlace
# Sign-in form, explains the secret to someone in a new browser. Tone: calm, helpful.
signin-secret-why = Este navegador todavía no te conoce. Trae tu llave una vez: el archivo, las doce palabras o el enlace que guardaste cuando te uniste. La contraseña sola no abre nada.
# Sign-in form in a browser that holds a key: opens the fields for another one.
signin-other-key = Tengo otra llave
# Sign-in form, label of the button that chooses the key file.
signin-file = Elegir tu archivo de llave
# Sign-in form, said after a key file was read. $name is the file's name.
signin-file-read = Listo: { $name }
# Sign-in form, said when the chosen file could not be read at all.
signin-file-odd = Este archivo no se abre. Elige el archivo de llave que guardaste cuando te uniste.
# Sign-in form, said when the page was opened by a personal link, which already carries the key.
signin-link-read = Tu enlace trajo tu llave. Entra con tu nombre y tu contraseña.
# Sign-in form, the main button.
signin-go = Entrar
# Sign-in form, shown while the password is worked into a key; it takes seconds on an old machine. Tone: still, no hurry.
signin-working = Preparando tus llaves. Puede tardar un poco.
# Sign-in page, heading after 30 minutes without any use. Tone: reassuring.
signin-locked = Esta página se cerró con llave.
# Sign-in page, under the heading of a page that locked itself.
signin-locked-why = Nadie la usó durante 30 minutos. Entra otra vez para seguir. Tus pláticas están guardadas.
# Sign-in page, opens the field for an invitation. For someone new to the team.
signin-new = Tengo una invitación
# Label of the field for an invitation.
invite-field = Tu invitación: el enlace o doce palabras
# Button that opens the invitation.
invite-open = Abrir mi invitación

## Joining the team

# Joining, main heading.
enrol-title = Te damos la bienvenida al equipo
# Joining, what a peer is. $day is the last day of the invitation. Tone: warm, honest.
enrol-peer = Te invitan como persona de apoyo. Las personas de apoyo escuchan a quienes vienen a hablar. Solo tú y la persona con quien hablas pueden leer una plática.
# Joining, what a moderator is. Tone: warm, honest.
enrol-moderator = Te invitan a moderación. Quien modera lee palabras que alguien decidió señalar, y nada más.
# Joining, what a coordinator is. Tone: warm, honest.
enrol-coordinator = Te invitan a coordinación. Quien coordina admite al equipo y lleva su lista. No lee pláticas.
# Joining, until when the invitation holds. $day is a date.
enrol-until = La invitación sirve hasta el { DATETIME($day, day: "numeric", month: "long", year: "numeric") }.
# Joining, heading of the first part of the form: for signing in.
enrol-keys = Para entrar
# Joining, under the sign-in name. Nobody but its owner sees it.
enrol-name-hint = Solo tú ves este nombre. Puede ser cualquiera de 3 letras o más.
# Joining, under the password. Tone: helpful.
enrol-password-hint = Al menos 12 letras. Unas cuantas palabras seguidas funcionan bien. Nadie te la puede enviar otra vez.
# Joining, label of the second password field.
enrol-again = La misma contraseña otra vez
# Joining, said next to the second password field when the two differ.
enrol-differ = Las dos contraseñas son distintas. Escríbelas otra vez.
# Joining, heading of the part that other people see.
enrol-seen = Lo que la gente ve de ti
# Joining, under the heading of that part. RISK: staff safety, keeps real names out.
enrol-seen-hint = Lo puede ver cualquiera que venga aquí. No pongas tu nombre real, tu ciudad ni nada que lleve a ti.
# Joining, label of the name that clients see.
enrol-alias = El nombre que ve la gente
# Joining, under the alias.
enrol-alias-hint = Hasta 24 letras.
# Joining, label of the line of one's own.
enrol-line = Una línea tuya
# Joining, under the line of one's own. Tone: an example may help more than a rule.
enrol-line-hint = Por ejemplo, lo que has vivido o cómo te gusta escuchar. Puedes saltarte esto.
# Joining, label of the group of eight stones, one of which stands for this person.
enrol-stone = Tu piedra
# Joining, label of the group of languages.
enrol-languages = Idiomas en los que puedes hablar
# Joining, under the languages.
enrol-languages-hint = Hasta cinco.
# Joining, label of the group of topics.
enrol-topics = De qué te gusta hablar
# Joining, label of the group of things one has lived through. RISK: personal, freely given, seen by everyone.
enrol-lived = Lo que has vivido
# Joining, under that group. RISK: nobody is asked to tell.
enrol-lived-hint = Solo lo que quieras que se sepa. Puedes saltarte esto.
# Joining, the main button.
enrol-send = Unirme
# Joining, shown while keys are made. Tone: still, no hurry.
enrol-working = Preparando tus llaves. Puede tardar un poco.

# After joining, heading above the twelve words.
secret-title = Tu llave
# After joining, what the twelve words are. Tone: calm, weighty. RISK: losing them means no way in.
secret-why = Estas doce palabras y tu contraseña abren tu página. En un navegador nuevo las traes una vez.
# After joining. RISK: losing them means no way in.
secret-once = Guárdalas donde solo tú las veas. No se pueden enviar otra vez, porque nadie más las tiene.
# After joining, label of the list of twelve words.
secret-words = Tus doce palabras
# After joining, button that saves the key file.
secret-file = Guardar el archivo de llave
# After joining, said when the key file was handed to the browser.
secret-saved = El archivo de llave va en camino a tus descargas.
# After joining, button: the person has kept the key, the words leave the screen.
secret-kept = Ya guardé mi llave
# After joining and keeping the key, heading.
secret-next = Ya eres parte del equipo.
# After joining: what happens now.
secret-admit = Alguien de coordinación te va a admitir. Después puedes entrar aquí.
# After joining, button that opens the sign-in form.
secret-signin = Ir a la entrada

## What can go wrong, said where it happened; blames nobody, names what to do

# Any form, when something is missing. $what is the label of the field.
form-missing = Todavía vacío: { $what }

# Sign-in: name, password or key do not fit; which of them is not told.
problem-unknown = Eso no abrió nada. Revisa el nombre, la contraseña y la llave. Si te acabas de unir, falta que coordinación te admita.
# Opening an invitation that was used, is over, or never was.
problem-invite = Esta invitación no abre nada. Tal vez ya se usó o ya terminó. Pide una nueva a coordinación.
# Joining: somebody signs in with this name already.
problem-name = Alguien ya entra con este nombre. Elige otro.
# Sign-in or joining: the key or the invitation cannot be read.
problem-key = Esas palabras no van juntas. Revisa cómo están escritas. No importan las mayúsculas.
# Sign-in: this browser holds no key, and none was given.
problem-no-key = Este navegador no tiene tu llave. Trae el archivo, las doce palabras o el enlace.
# Joining: the password is too short.
problem-short = La contraseña es corta. Usa al menos 12 letras.
# Sign-in or joining: the browser keeps nothing, as in some private windows.
problem-storage = Este navegador no guarda nada, así que tu llave se perdería. Usa una ventana que no sea privada.
# Sign-in: the service ended the session.
problem-signed-out = Se cerró tu sesión. Entra otra vez para seguir.
# Any staff page: no answer from the service.
problem-unreachable = El servicio no contesta. Revisa la conexión e intenta otra vez.
# Any staff page: too many tries in a short time.
problem-slow = Fue mucho de una sola vez. Espera un momento e intenta otra vez.
# Any staff page: what the service shows does not fit what is signed. RISK: may be an attack; stop and tell.
problem-directory = La lista del equipo no pasó la comprobación. No sigas aquí. Avisa a coordinación.
# Any staff page: the team's list is over, and nobody renewed it.
problem-expired = La lista del equipo venció, así que no puede empezar nada nuevo. Pide a coordinación que la renueve.
# Any staff page: something else did not work. $code is a short technical word to tell a coordinator.
problem-other = Eso no funcionó. Intenta otra vez. Si sigue igual, dile a coordinación esta palabra: { $code }
# Peers' desk: the person was met by somebody else, or has left the line.
problem-gone = Ya no está esperando.
# Peers' desk, in a talk: a message could not be opened. Exact twin of what the person is told.
problem-broken = Un mensaje de aquí no pasó la comprobación, así que en esta plática ya no se envía nada. Puedes señalarlo o dejar la plática.
# Peers' desk, in a talk: words could not be sent. Tone: nothing is lost.
problem-send = Eso no se envió. Tus palabras siguen aquí.
# Peers' desk, in a talk: the service shows an older copy of this talk.
problem-older = El servicio volvió a una copia más vieja de esta plática. Las palabras señaladas aquí tal vez falten allá.

# Every staff page, the team's list ends soon. $days is 1 to 21. Any coordinator can renew.
renew-days = { $days ->
    [one] La lista del equipo termina mañana. Pide a coordinación que la renueve.
   *[other] La lista del equipo termina en { $days } días. Pide a coordinación que la renueve.
 }
# Every staff page, the team's list has ended. Talks that run go on.
renew-over = La lista del equipo ya terminó. Las pláticas siguen, y no puede empezar nada nuevo. Pide a coordinación que la renueve.

## The peers' desk

# Peers' desk, label of the four choices: whether this peer can be met.
desk-switch = Tu estado
# Peers' desk, a choice: this peer can meet people.
desk-on = Disponible
# Peers' desk, a choice: this peer brings their talks to an end and meets nobody new.
desk-finishing = Terminando
# Peers' desk, a choice: this peer takes a break. Talks that run stay.
desk-break = En descanso
# Peers' desk, a choice: this peer meets nobody new.
desk-off = No disponible
# Peers' desk, label of the choice between 1, 2 and 3 talks at the same time.
desk-limit = Pláticas a la vez
# Peers' desk, for a while after a talk. $time is a clock time. Never a countdown. Tone: rest is part of the work.
desk-again = Las ofertas vuelven a las { DATETIME($time, hour: "numeric", minute: "2-digit") }.
# Peers' desk, button beside that line. Only the peer ends their rest early.
desk-ready = Ya puedo seguir
# Peers' desk, under the choices, when finishing.
desk-now-finishing = No llegan ofertas.
# Peers' desk, before that line or the one for off, when the last talk of somebody who was finishing is over.
desk-now-last = Tu última plática terminó.
# Peers' desk, under the choices, during a break.
desk-now-break = Estás en descanso. No llegan ofertas.
# Peers' desk, under the choices, when off.
desk-now-off = No estás disponible. No llegan ofertas.
# Peers' desk, added to one of those while talks are open.
desk-now-talks = Tus pláticas siguen.
# Peers' desk, shown when off and no talk is open. Tone: calm, no hurry.
desk-rest-off = No estás disponible. Ponte disponible cuando quieras.
# Peers' desk, shown during a break when no talk is open. Tone: calm, no hurry.
desk-rest-break = Estás en descanso. Ponte disponible cuando quieras.
# Peers' desk, shown when finishing and no talk is open. Tone: thanks, calm.
desk-rest-finishing = Ya no te quedan pláticas. Gracias por lo de hoy.
# Peers' desk, button of that calm screen.
desk-turn-on = Ponerme disponible
# Peers' desk, heading of the list of people who wait.
desk-waiting = En espera
# Peers' desk, heading of the list of this peer's talks.
desk-rooms = Mis pláticas
# Peers' desk on a narrow screen, label of the tabs that choose what is on screen.
desk-parts = Partes del escritorio
# Peers' desk, in the list of talks, when there is none.
desk-no-talks = No hay pláticas abiertas.
# Peers' desk, in place of an open talk, when this peer is on. Tone: calm, no hurry.
desk-pick = Cuando alguien espere, saluda. Esa persona te ve y decide.
# Peers' desk, when nobody waits. Tone: calm.
queue-none = Nadie está esperando.
# Peers' desk, when nobody waits but the one who is offered. Tone: calm.
queue-none-else = Nadie más está esperando.
# Peers' desk, when this peer is off, on a break or finishing.
queue-off = No llega nadie nuevo hasta que te pongas disponible.
# Peers' desk, heading above the one person whom the service offers to this peer.
offer-title = Te ofrecemos
# Peers' desk on a narrow screen, on the button that leads to the list: somebody is offered.
offer-tab = hay alguien para ti
# Peers' desk, when nobody is offered at the moment. Tone: calm, no hurry.
offer-none = Nadie por ahora. También puedes elegir de la lista.
# Screen reader's name of the reasons why this peer was found.
offer-why = Por qué tú
# Offer, reason: the person asked for this peer by name.
offer-asked = Preguntó por ti.
# Offer, reason. $language is a language by its own name, never inflected.
offer-language = Las dos partes hablan { $language }.
# Offer, reason. $topics is a list with dots between, never inflected.
offer-topics = Te gusta hablar de: { $topics }
# Offer, reason. $topics is a list with dots between, never inflected.
offer-lived = Has vivido: { $topics }
# Offer, the only reason where nothing else fits.
offer-next = Sigues tú entre quienes están libres.
# Offer, button: this person is for another peer. No reason is asked. Tone: always fine.
offer-pass = Dejar pasar
# Screen reader's name of that button. $row says which person: minutes and language. Starts with the word on the button.
offer-pass-on = Dejar pasar: { $row }
# Spoken once when somebody is offered. $row says which person: minutes and language.
offer-heard = Te ofrecemos: { $row }
# Spoken once when an offer went on to another peer. Tone: no blame.
offer-gone = Esa oferta pasó a alguien más.
# Peers' desk, when the peer has as many talks as they may have.
queue-full = Tienes todas las pláticas que puedes llevar. Termina una antes de recibir a alguien nuevo.
# Peers' desk, why nothing can be met: the line to the service is down.
queue-offline = No tienes conexión. La lista puede ser vieja.
# A row of the queue: how long this person has waited. Text only, never a running clock.
queue-minutes = { $minutes ->
    [0] Acaba de llegar
    [one] Espera desde hace 1 minuto
   *[other] Espera desde hace { $minutes } minutos
 }
# A row of the queue: added when someone waits long. Never red. Same words for everyone over the limit.
queue-aged = más de 20 min
# A row of the queue: the person's page is open.
queue-here = aquí
# A row of the queue: the person's page is closed or without a line.
queue-away = fuera
# A row of the queue: someone who talked here before asks for this peer.
queue-back = vuelve
# A row of the queue: a note was written and waits.
queue-note = tiene una nota lista
# A row of the queue: the person's own word. Exact twin of what they tapped. RISK: no alarm colour.
queue-urgent = Se siente urgente
# A row of the queue: topics they picked. $topics is a list with dots between, never inflected.
queue-topics = Lo que trae en mente: { $topics }
# A row of the queue: the experience they wish for in a peer. $topics is a list with dots between, never inflected.
queue-lived = Le gustaría alguien que ha vivido: { $topics }
# A row of the queue, button to meet this person.
queue-hello = Saludar
# Screen reader's name of that button. $row says which person: minutes and language. Starts with the words on the button.
queue-hello-to = Saludar: { $row }
# Button that takes a hello back before the person answered.
queue-cancel = Retirar

# A talk's name on the peers' desk. $number is 1, 2 or 3. The person has no name here.
talk-name = Plática { $number }
# A talk in the list of talks: there are words not yet looked at. Text, never a number.
talk-unread = palabras nuevas
# A talk in the list of talks: hello was said, the person has not answered.
talk-waiting-tab = espera respuesta
# Screen reader's name of the words of a talk. $room is "Talk 1".
talk-log = Palabras de { $room }
# In an open talk, who speaks: the person, who has no name here. Also inside sentences such as "They took a message back."
talk-them = La persona
# In an open talk, who speaks, where the person gave a name. $name is what they wrote, never inflected.
talk-them-named = La persona ({ $name })
# In an open talk, before the first word.
talk-empty = Todavía no hay palabras. Tal vez necesite un momento.
# In a talk that waits for the person's answer.
talk-claimed = Saludaste. Esa persona ve tu nombre, tu piedra y tu línea, y decide. Puede tardar un minuto.
# In an open talk, what the person's page does now: it is open.
talk-here = Está aquí.
# In an open talk: their line is gone. RISK: do not alarm; it is often the network.
talk-lost = Se cortó su conexión. Su lugar está guardado.
# In an open talk: they closed the page or tapped Leave now. RISK: no blame, no alarm. Exact words.
talk-left = Salió de la página. Eso siempre está bien.
# In an open talk: who can read it. The person sees the same in their words.
talk-readers = Tú y esa persona pueden leer esta plática. Nadie más puede.
# In an open talk, the composer's label: it names the talk, so that a reply goes to the right person. $room is "Talk 1".
talk-reply = Tu respuesta en { $room }
# In an open talk that cannot be written to at the moment.
talk-closed = Esta plática descansa. Ya no se puede enviar nada.
# In a talk that is over for this peer.
talk-gone = Esta plática terminó. Ya no se puede enviar nada.
# Spoken once for each new message of the person. $room is "Talk 1", $text is what they wrote.
talk-says = { $room }: { $text }
# Spoken when someone accepted the hello and the talk begins.
talk-joined = Empieza { $room }.
# A message's action: take one's own words back; they fold on the other side.
talk-take-back = Retirar
# Asked before taking back. Honest: it may have been read.
talk-take-back-ask = ¿Doblar estas palabras? Tal vez ya las leyó. Un reporte todavía las muestra.
# In an open talk, button that sends exactly this: the peer sits with them and expects nothing.
talk-here-say = Aquí estoy, sin prisa
# In an open talk on a narrow screen, button that opens the guide: words that fit, the safety guide, notes.
talk-guide = Guía
# In an open talk: the person wrote on the page that both write on. Also spoken, after the talk's name.
talk-our-news = Escribió en nuestra página.
# A message's action: nod at what the person said or shared. They read: the peer nodded.
talk-nod = Asentir

# In an open talk, screen reader's name of the marks that say what the person asked for.
sign-title = Lo que pidió
# In an open talk, always in view: how fast the person likes to go. The word is theirs.
sign-pace-listen = Ritmo: solo escuchar
# In an open talk, always in view: how fast the person likes to go. The word is theirs.
sign-pace-slowly = Ritmo: despacio
# In an open talk, always in view: how fast the person likes to go. The words are theirs.
sign-pace-ask = Ritmo: hacer preguntas
# In an open talk, always in view: what would help the person today, in their words.
sign-need-heard = Que le escuchen
# In an open talk, always in view: what would help the person today, in their words.
sign-need-ideas = Ideas
# In an open talk, always in view: what would help the person today, in their words.
sign-need-facts = Datos o lugares adonde ir
# In an open talk, always in view: what would help the person today, in their words.
sign-need-company = Compañía por un rato
# In an open talk, always in view: what would help the person today, in their words.
sign-need-unsure = Todavía no sabe
# In an open talk, always in view: what the person may be called. $name is what they wrote, never inflected.
sign-name = Su nombre aquí: { $name }
# In an open talk: the person is there and does not write. RISK: a peer who pushes now does harm.
sign-pause-here = Hizo una pausa. No se espera nada de ti.
# In an open talk: the person stepped away for a while. RISK: no alarm, no blame.
sign-pause-away = Se fue por un rato. No se espera nada de ti.
# In an open talk, under the peer's question: the person's answer by one tap. Tone: perfectly fine.
sign-skip = Dijo: saltar esto
# In an open talk, under the peer's question: the person's answer by one tap. Tone: perfectly fine.
sign-not-ready = Dijo: todavía no para eso

# In an open talk, heading of the group of things one can do about it.
talk-more = Sobre esta plática
# In an open talk: opens the choice of minutes until one goes.
talk-leave = Tengo que irme pronto
# In an open talk, heading of that choice. A peer gives ten minutes or more.
talk-leave-title = ¿Cuándo tienes que irte?
# One choice of minutes.
talk-leave-in = En { $minutes } minutos, a eso de las { DATETIME($time, hour: "numeric", minute: "numeric") }
# What the person will read. $time is a clock time. Exact twin of the words they see.
talk-leave-says = Va a leer: tengo que irme a eso de las { DATETIME($time, hour: "numeric", minute: "numeric") }
# Button that sends the notice.
talk-leave-send = Avisarle
# In an open talk: ends this peer's part; the person can come back and find someone else.
talk-release = Dejar esta plática
# Asked before leaving a talk.
talk-release-ask = ¿Dejar esta plática ahora? Descansa hasta que la persona vuelva. No la puedes abrir otra vez.
# Button that leaves the talk.
talk-release-yes = Dejarla
# Button that closes a question and changes nothing.
talk-stay = Quedarme
# In an open talk, always in view: ends it in one tap when the peer is abused. Exact words.
talk-end-now = Terminar ahora, esto no está bien
# In an open talk: opens the panel for flagging.
talk-flag = Algo no se sintió bien
# After a talk ended: button that takes it off the list.
talk-close = Quitarla de mi lista
# After End now: the talk is over, and its words are out of sight. Calm, nothing is asked.
talk-ended = Esta plática terminó, y sus palabras ya no se ven. Antes puedes señalar algunas, o dejarlo así.

# After a talk was closed, heading of a moment for the peer. Tone: warm, no duty in it.
after-title = Después de esta plática
# After a talk, first line. RISK: true word for word; nothing of it is sent.
after-private = Esto es solo para ti, y puedes saltártelo todo. Nada de aquí sale de este navegador.
# After a talk, the first question.
after-body = ¿Cómo se siente tu cuerpo?
# After a talk, an answer: calm.
after-steady = En calma
# After a talk, an answer: moved by it.
after-stirred = Con algo de inquietud
# After a talk, an answer: it went deep, and is still there.
after-shaken = Con una sacudida fuerte
# After a talk, when a peer was shaken twice in a shift. Tone: caring, no duty. RISK: no reason is asked.
after-enough = Fue mucho para un turno. Puedes terminarlo aquí. Nadie pregunta por qué.
# After a talk, button beside that line: this peer is off.
after-end-shift = Terminar mi turno
# After a talk, label of a box whose words go by themselves.
after-down = Soltarlo
# After a talk, under that label. RISK: true word for word.
after-down-hint = Escribe lo que todavía traes contigo. No se guarda en ningún lado y se va sin que hagas nada.
# After a talk, button that empties the box.
after-down-go = Dejarlo ir
# After a talk, said when the box was emptied.
after-down-gone = Ya se fue.
# After a talk, label of a field that is kept for this peer alone.
after-next = ¿Qué podría probar distinto la próxima vez?
# After a talk, under that label. RISK: keeps what leads to a person off the disk.
after-next-hint = Se guarda en este navegador, solo para ti. No escribas quién es la persona.
# After a talk, button to whatever comes next.
after-done = Seguir

# In a talk, the card of boundaries, folded; its heading.
bounds-title = Lo que cuidan las personas de apoyo
# The card of boundaries, first line.
bounds-choice = La otra persona decide. Sin presión, y sin empujar creencias.
# The card of boundaries.
bounds-story = Tu propia historia es breve, y solo si le sirve.
# The card of boundaries.
bounds-contact = Sin datos de contacto, sin otras aplicaciones, sin verse.
# The card of boundaries.
bounds-money = Sin dinero, sin regalos.
# The card of boundaries.
bounds-romance = Sin romance.
# The card of boundaries.
bounds-health = Sin diagnósticos, sin consejos sobre medicinas.
# The card of boundaries.
bounds-secret = Sin secretos, sin promesas.

# The eight stones that stand for a person or a talk, told apart by shape; said to whoever does not see them.
stone-0 = Piedra redonda
# A stone's name: nearly round, a little heavier below.
stone-1 = Piedra llena
# A stone's name: lies flat, wider than high.
stone-2 = Piedra plana
# A stone's name: like a drop, narrow above.
stone-3 = Piedra de gota
# A stone's name: with six edges.
stone-4 = Piedra con filos
# A stone's name: stands up, higher than wide.
stone-5 = Piedra alta
# A stone's name: leans to one side.
stone-6 = Piedra inclinada
# A stone's name: nearly a square.
stone-7 = Piedra cuadrada

## Flagging from the peers' desk

# Panel for flagging, heading.
backing-title = ¿Algo no se sintió bien?
# Panel for flagging, first line: what it does. RISK: honest about who reads.
backing-intro = Elige las palabras. Solo lo que elijas sale de esta plática. Lo puede leer moderación, y nadie más.
# Panel for flagging, label of the list of messages.
backing-pick = Palabras para enviar, hasta 20
# Panel for flagging, when there is nothing that can be picked.
backing-none = Aquí no hay palabras que se puedan enviar.
# Panel for flagging, label of the reasons.
backing-why = Por qué
# Reason: the peer wants support from a moderator.
backing-reason-backing = Necesito respaldo
# Reason: somebody may be in danger. RISK: the service cannot send help.
backing-reason-danger = Alguien está en peligro
# Reason: the peer is abused.
backing-reason-abuse = Maltrato hacia mí
# Reason: the peer did something they wish to tell.
backing-reason-mistake = Algo que hice mal
# Reason: anything else.
backing-reason-other = Otra cosa
# Panel for flagging, label of the free field.
backing-note = Lo que le sirva saber a moderación. Puedes saltarte esto.
# Panel for flagging, heading above the exact words that leave.
backing-preview = Esto sale de la plática:
# Panel for flagging, before anything was picked.
backing-nothing = Todavía nada. Elige al menos un mensaje.
# Panel for flagging: the person is told. RISK: trust, always said.
backing-told = A la persona se le dice, con palabras sencillas, que enviaste unas palabras a moderación.
# Panel for flagging in a talk that ended: the page cannot tell the person.
backing-untold = Esta plática terminó, así que esta página no puede avisarle.
# Panel for flagging, when danger was chosen. RISK: nobody knows where the person is.
backing-danger-note = Moderación no puede mandarle ayuda. En Ayuda ya están los números a los que puede llamar.
# Panel for flagging, the button.
backing-send = Enviar a moderación
# Panel for flagging, while it is on its way.
backing-sending = Enviando.
# Panel for flagging, afterwards. Tone: thanks, calm.
backing-done = Gracias. Alguien de moderación lo leerá.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-none = Alguien de moderación leyó lo que enviaste. La plática sigue abierta.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-closed = Alguien de moderación leyó lo que enviaste y cerró esa plática.
# Panel for flagging, when three flags of this talk wait already.
backing-slow = Tres reportes de esta plática ya esperan a moderación. Esos van primero.

## Whether flagged words were said

# Proof of a flagged message: it checks out. Exact words.
proof-ok = Este mensaje se dijo en esta plática, con estas palabras.
# Proof of a flagged message: it does not match. Exact words. RISK: somebody may try to harm a peer with made-up words.
proof-bad = Las palabras y la prueba no coinciden. No actúes solo por las palabras.
# Proof of a flagged message: not known yet. Exact words.
proof-wait = Todavía no podemos comprobar esto. Espera o pide una segunda opinión.

# Peers' desk, heading of the list of people who wait, with how many there are. $count is 1 or more.
desk-waiting-count = En espera ({ $count })
# Peers' desk, heading of the list of this peer's talks, with how many of those that are possible. $held and $limit are 1 to 3.
desk-rooms-of = Mis pláticas ({ $held } de { $limit })

## Two of the team in one talk

# In an open talk where colleagues sit, too: who can read it. $names is a list of aliases. The person sees the same.
talk-readers-with = Tú, esa persona y { $names } pueden leer esta plática. Nadie más.
# In a talk, who speaks: somebody of the team who is not listed any more.
talk-colleague = Alguien del equipo
# After a peer's part in a talk ended, and it goes on with a colleague.
talk-goes-on = Tu parte en esta plática terminó. Sigue con alguien del equipo.
# Asked before leaving a talk in which a colleague stays. $names is a list of aliases.
talk-release-others = ¿Dejar esta plática ahora? Sigue con { $names }. No podrás abrirla de nuevo.
# In an open talk, button: opens the choice of a colleague, to hand over or to sit with both. Also the panel's heading.
bring-open = Invitar a alguien del equipo
# Panel, first line. RISK: a claim; nobody comes in without the person's yes.
bring-intro = La persona decide, por nombre. Nadie lee nada antes de que diga que sí.
# Panel, what the colleague comes for; two choices follow.
bring-why = ¿Para qué?
# Panel, a choice: the colleague goes on with this talk.
bring-handover = Para que siga con la plática
# Panel, a choice: the colleague sits with both for a while.
bring-company = Para que nos acompañe
# Panel, the list of colleagues who are on and have room.
bring-who = Quién puede venir ahora
# Panel, while the list is on its way.
bring-looking = Un momento.
# Panel, where nobody is on. Tone: plain.
bring-nobody = No hay nadie más con lugar para otra plática. Puedes mirar de nuevo en un rato.
# Panel, button: asks anew who is on.
bring-again = Mirar otra vez
# Panel, label of a field. The person reads it, changes it or says no before the colleague sees it.
bring-card = Una nota para esa persona, si quieres
# Panel, under that label. RISK: a claim.
bring-card-hint = Hasta 80 palabras. La persona con quien platicas la lee primero, y puede cambiarla o no compartir nada.
# Panel, near the end of those words. $left is a number of words.
bring-left = { $left ->
    [one] Queda una palabra.
   *[other] Quedan { $left } palabras.
}
# Panel, above the 80 words.
bring-long = La nota pasa de 80 palabras. Acórtala para enviarla.
# Panel, button: asks the colleague.
bring-ask = Preguntarle
# Panel, what did not work: the colleague cannot come any more.
bring-closed = No puede venir en este momento. Puedes preguntar a alguien más.
# Panel, what did not work: three are asked already.
bring-enough = Ya preguntaste a tres. Puedes retirar una de esas preguntas primero.
# In an open talk: a colleague was asked and has not answered.
bring-waits = Preguntaste a { $peer }. Todavía no responde.
# In an open talk: a colleague would come. The person decides now.
bring-willing = { $peer } puede venir. Ahora decide la persona con quien platicas.
# In an open talk: another colleague in it asked somebody in.
bring-other = Alguien del equipo que está aquí invitó a { $peer }.
# Button beside the above: the question is taken back.
bring-back = Retirar la pregunta
# In an open talk: whoever was asked does not come in now. Gives no reason, tells of nobody's no.
bring-gone = { $peer } no entra por ahora. Puedes preguntar a alguien más.
# Button beside a short piece of news: it was read.
bring-ok = Entendido
# Peer's desk, heading: a colleague would have this peer go on with their talk.
asked-handover = { $peer } te pide seguir con una plática suya.
# Peer's desk, heading: a colleague would have this peer sit with them.
asked-company = { $peer } te pide acompañar una plática.
# Peer's desk, under that heading. RISK: no duty in it.
asked-free = Puedes decir que ahora no. Nadie pide un motivo.
# Peer's desk, button: yes.
asked-come = Puedo ir
# Peer's desk, button: no, no reason asked.
asked-not-now = Ahora no
# Peer's desk, after asked-come: the person decides.
asked-waits = Dijiste que puedes ir. Ahora decide la persona de esa plática.
# Peer's desk, what did not work: the question is over.
asked-over = Ya no te piden entrar en esa plática.
# Peer's desk, what did not work: no room for one more.
asked-full = No estás disponible, o ya tienes todas las pláticas que puedes.

## Own words shown to one of the team

# In a talk, button: opens the panel to show one's own words to somebody of the team. Also its heading.
lines-open = Mostrar mis palabras
# Panel, first line. RISK: a claim, true word for word.
lines-intro = Eliges solo entre tus palabras. Las lee una persona del equipo, con una prueba de que las dijiste aquí. Dura 14 días, y puedes retirarlas.
# Panel, where there is nothing of one's own to show.
lines-none = Todavía no hay palabras tuyas que mostrar.
# Panel, heading of the list to pick from.
lines-pick = Elige tus palabras
# Panel, the list of the team.
lines-who = ¿Quién las lee?
# Panel, one of the team, with what they are.
lines-peer = { $alias }, persona de apoyo
# Panel, one of the team, with what they are.
lines-moderator = { $alias }, moderación
# Panel, one of the team, with what they are.
lines-coordinator = { $alias }, coordinación
# Panel, label of a field. RISK: nothing that leads to the person.
lines-note = Una línea, si quieres. Deja fuera lo que dijo la otra persona.
# Panel, the button.
lines-show = Mostrarlas
# Panel, afterwards.
lines-done = Ya puede leerlas. Lo encuentras en tu página, y ahí puedes retirarlas.
# Panel, what did not work: ten are shown already.
lines-enough = Ya muestras diez. Retira una primero.
# Any page of the team, heading of a fold: words that colleagues showed to this person, and own ones shown.
lines-title = Palabras mostradas por nombre
# The same, where there is nothing.
lines-empty = Nadie te muestra palabras ahora.
# Words shown, heading of one. $alias showed them.
lines-by = { $alias } te muestra sus palabras
# Words shown, heading where whoever did it is not listed any more.
lines-by-nobody = Alguien que ya no está te mostró sus palabras
# Words shown: since when. $days is a whole number.
lines-age = { $days ->
    [0] Desde hoy.
    [one] Desde ayer.
   *[other] Desde hace { $days } días.
}
# Words shown: the line beside them, which nothing proves. $note is what they wrote.
lines-with = Su línea: { $note }
# Words shown: they do not open with this person's key.
lines-closed = Estas palabras no se abren aquí.
# Words shown, in place of words that are not proven: nothing of them is shown.
lines-unproven = Las palabras sin prueba no se muestran.
# Words shown, button: puts them away for good.
lines-away = Quitar
# Words one shows oneself. $alias reads them.
lines-mine = Muestras tus palabras a { $alias }.
# Button beside it.
lines-back = Retirar

## A peer's own pause

# Peer's desk, heading: the team asked this peer to take no new talks. Tone: plain, no blame, kind.
paused-title = Por ahora no tomas pláticas nuevas
# Peer's desk, under that heading. RISK: a claim; running talks go on.
paused-now = El equipo lo pidió mientras alguien revisa unas palabras señaladas. Tus pláticas abiertas siguen.
# Peer's desk: what it is about. $what is one of a few codes.
paused-why = { $what ->
    [asked-contact] Se trata de datos de contacto.
    [sexual] Se trata de algo sexual.
    [money] Se trata de dinero.
    [abuse] Se trata de palabras que pueden lastimar.
    [danger] Se trata de un peligro para alguien.
   *[other] Se trata de otra cosa en una plática.
}
# Peer's desk: until when. $time is a moment.
paused-until = Hasta el { DATETIME($time, month: "long", day: "numeric", hour: "numeric", minute: "2-digit") }, o hasta que alguien del equipo la termine.
# Peer's desk, where no end is set.
paused-open = Hasta que alguien del equipo la termine.
# Peer's desk, button: opens the field below.
paused-appeal = Pedir que alguien más lo revise
# Peer's desk, above the field. RISK: a claim.
paused-appeal-intro = Una vez puedes escribir a alguien que no tuvo parte en esto. Solo esa persona puede leerlo.
# Peer's desk, who reads it; the list of the team follows.
paused-whom = ¿Quién lo lee?
# Peer's desk, label of the field.
paused-word = Lo que quieres que sepa
# Peer's desk, button.
paused-send = Enviarlo
# Peer's desk, where everybody had a part in it.
paused-nobody = Por ahora no hay nadie nuevo a quien pedirlo.
# Peer's desk, after it was sent.
paused-asked = Alguien nuevo lo revisa. Aquí te enteras.
# Peer's desk, after somebody new looked: the pause stays. Tone: kind, plain.
paused-upheld = Alguien nuevo lo revisó. La pausa sigue por ahora.

## What became of a peer's flag

# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-talked = Alguien de moderación leyó lo que enviaste, y el equipo habló con la persona.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-paused = Alguien de moderación leyó lo que enviaste. La persona no toma pláticas nuevas por ahora.
# Peer's desk, outcome of a flag. Tone: plain, names nobody.
backing-outcome-reoffered = Alguien de moderación leyó lo que enviaste y terminó esa plática. Se ofrece otra persona.
# Peer's desk, outcome of a flag. RISK: a claim.
backing-outcome-reported = Alguien de moderación leyó lo que enviaste. Puede pasarse a otra parte, porque la ley lo pide.
# Peer's desk: a moderator asks for more words about a flag. A no is fine.
backing-more = Alguien de moderación leyó lo que enviaste y pide ver más de esa plática. Tú eliges qué, o nada.
# Button beside backing-more.
backing-more-pick = Elegir palabras
# Button beside backing-more: a no, no reason asked.
backing-more-no = Prefiero no hacerlo
# Beside backing-more, where that talk is not on the desk any more.
backing-more-gone = Esa plática ya no está en tu página, así que no hay palabras que elegir.
