### reviewers: none yet
### Signing in, one's own sign-in, and who comes to the team and leaves it. Read by trained people at work, often tired.
### Voz: tú, frases cortas, presente, palabras sencillas. Sin adivinar el género de nadie. Sin órdenes, sin disculpas.

## The coordinators' page, as every staff page

# Sign-in page, main heading of the coordinators' page.
staff-title-coordinator = El escritorio de coordinación
# Coordinators' page, heading for someone who signed in and is no coordinator. Tone: friendly, nothing went wrong.
staff-not-coordinator = Esta página es para coordinación.
# Every staff page, link to the coordinators' page for a coordinator who signed in elsewhere. Tone: matter of fact.
staff-coordinator-page = Ir a la página de coordinación

## Signing in with a code

# Sign-in form and the parts of "Your sign-in", label of a field for six digits from an app on the person's phone.
signin-code = Código de tu app
# Sign-in form: name, password and key fit, and this person uses codes. Tone: one more step, nothing went wrong.
signin-code-asked = Un paso más: abre tu app y escribe los seis números que muestra para Beside.
# Sign-in form and "Your sign-in": the six digits do not fit, were used before, or are too old. Blames nobody.
signin-code-wrong = Ese código no encaja. Cada código sirve una vez y dura medio minuto. Escribe el siguiente.
# Sign-in form and "Your sign-in": several codes in a row did not fit. RISK: someone else may know the password and hold the key.
signin-code-slow = Varios códigos no encajaron. Espera un cuarto de hora y prueba otra vez. Si no eran tuyos, avisa a coordinación.
# Your sign-in, said when a password or codes were tried often. Tone: calm.
own-slow = Eso se probó muchas veces. Espera un cuarto de hora y prueba otra vez.

## Your sign-in, folded at the end of every staff page

# At the end of every staff page, folded: sessions, password, codes, key.
own-title = Tu acceso
# "Your sign-in", a part: the browsers where this person is signed in.
own-sessions = Dónde tienes la sesión abierta
# Where you are signed in: the browser that shows this. $begun is a moment.
own-session-here = Este navegador, desde el { DATETIME($begun, weekday: "long", hour: "numeric", minute: "2-digit") }
# Where you are signed in: any other browser. $begun and $used are moments, $used is to the minute.
own-session = Otro navegador, desde el { DATETIME($begun, weekday: "long", hour: "numeric", minute: "2-digit") }; último uso a las { DATETIME($used, hour: "numeric", minute: "2-digit") }
# Where you are signed in, above the button. RISK: a device may be in other hands; talks are not lost.
own-everywhere-why = Si alguna no es tuya, cierra todas y cambia tu contraseña. Tus pláticas se guardan.
# Where you are signed in, button: ends all sessions, this one too.
own-everywhere = Cerrar todas las sesiones
# "Your sign-in", a part: another password.
own-password = Cambiar tu contraseña
# "Your sign-in", label of a password field: the one in use.
own-password-old = Tu contraseña de ahora
# Change your password, label.
own-password-next = Tu contraseña nueva
# Change your password, label: the same again.
own-password-again = Tu contraseña nueva otra vez
# Change your password, next to the second field: the two are not the same.
own-password-differ = Las dos todavía no son iguales.
# Change your password, button.
own-password-go = Cambiarla
# Change your password: done. Other browsers of this person were signed out.
own-password-done = Listo. Se cerró la sesión en los demás navegadores.
# "Your sign-in": the password in use was typed wrong, or this browser's key is not the right one.
own-password-wrong = Esa no es la contraseña que tienes ahora.
# "Your sign-in", a part: a second step at sign-in, by an app on a phone.
own-codes = Códigos de tu teléfono
# Codes from your phone, what they are for.
own-codes-why = Una app de tu teléfono puede mostrar seis números que cambian cada medio minuto. Con los códigos puestos, entrar los pide. Así nadie entra solo con tu contraseña y tu llave.
# Codes from your phone, button: begins to set them up.
own-codes-begin = Preparar los códigos
# Setting up codes, above a picture for the phone's camera.
own-codes-scan = Abre en tu teléfono una app de códigos y apunta a este dibujo.
# Setting up codes, what the picture is, for who does not see it.
own-codes-picture = Un dibujo para tu app. Las letras de abajo dicen lo mismo.
# Setting up codes, above the letters that say the same as the picture.
own-codes-letters = O escribe estas letras en la app:
# Setting up codes, above the field for the first code.
own-codes-first = Luego escribe los seis números que muestra.
# Setting up codes, button: from now on signing in asks for a code.
own-codes-confirm = Poner los códigos
# Setting up codes, button: leaves it, nothing changes.
own-codes-leave = Ahora no
# Codes from your phone: they are on now.
own-codes-confirmed = Listo. Desde ahora, entrar pide un código.
# Codes from your phone: they are on.
own-codes-on = Los códigos están puestos.
# Codes from your phone, for a phone that is gone. RISK: the only way back in without it.
own-codes-lost = Si pierdes tu teléfono, coordinación puede quitar los códigos por ti.
# Codes from your phone, button: signing in asks for none any more.
own-codes-remove = Quitar los códigos
# Codes from your phone: they are off now.
own-codes-removed = Listo. Ahora entrar no pide código.
# "Your sign-in", a part: the key that a new browser needs once.
own-key = Tu llave para otro navegador
# Your key, what it is for.
own-key-why = Un navegador nuevo necesita tu llave una vez. Lleva las doce palabras o el archivo de la llave, y entra allí con tu nombre y tu contraseña.
# Your key, before it is shown. RISK: who reads the words and knows the password can sign in as this person.
own-key-risk = Mira primero a tu alrededor. Alguien con estas palabras y tu contraseña puede entrar en tu lugar.
# Your key, button.
own-key-show = Mostrar mis doce palabras
# Your key, button: the words leave the screen.
own-key-hide = Ocultarlas

## Changes to the team. $by did it, $name is whom it is about: public names, never inflected

# At the end of every staff page, folded: the list of who came and who left.
trail-title = Cambios en el equipo
# Changes to the team, who can read the list. RISK: staff privacy.
trail-who = Todo el equipo puede leer quién llegó y quién se fue. Solo tú y coordinación pueden leer qué días entraste.
# Every staff page, top, once: who came and who left since this person's last visit. A list follows.
trail-news = Desde tu última visita:
# Changes to the team, button.
trail-older = Mostrar anteriores
# Changes to the team, before an entry. $day is a day.
trail-day = { DATETIME($day, day: "numeric", month: "long", year: "numeric") }
# In place of a name that nobody on the team has any more; also begins a sentence.
trail-someone = Alguien que ya no está aquí
# Changes to the team, an entry of a newer version. $act is a short technical word.
trail-else = { $by }: { $act }
# Changes to the team, an entry.
trail-founded = { $by } dio comienzo a este servicio.
# Changes to the team, an entry: an invitation was made. The newcomer has no name yet.
trail-invited = { $by } invitó a alguien.
# Changes to the team, an entry.
trail-admitted = { $name } ya es parte del equipo. Admitió: { $by }.
# Changes to the team, an entry: someone lost their key and joined again under the same name.
trail-new-key = { $name } tiene una llave nueva. { $by } dice que es la misma persona.
# Changes to the team, an entry: the first of two who have to agree.
trail-suspend-asked = { $by } pidió suspender a { $name }.
# Changes to the team, an entry: the second of two.
trail-suspend-agreed = { $by } aceptó suspender a { $name }.
# Changes to the team, an entry: the second of two said no.
trail-suspend-refused = { $by } no aceptó suspender a { $name }.
# Changes to the team, an entry: two agreed, and the person is off the team for now. Tone: matter of fact.
trail-suspended = { $name } está en suspensión.
# Changes to the team, an entry: a suspended person is back.
trail-restored = { $name } vuelve al equipo.
# Changes to the team, an entry: someone was let go. Tone: no judgement.
trail-left = { $name } dejó el equipo.
# Changes to the team, told once, from the signed list itself: somebody is on it who was not before.
trail-listed = { $name } ya está en la lista del equipo.
# Changes to the team, told once, from the signed list itself: somebody is not on it any more.
trail-unlisted = { $name } ya no está en la lista del equipo.
# Changes to the team, an entry: the signed list of the team was made new.
trail-renewed = { $by } renovó la lista del equipo.
# Changes to the team, an entry. $limit is 1, 2 or 3.
trail-limit = { $by } fijó cuántas pláticas a la vez puede tener { $name }: { $limit }.
# Changes to the team, an entry: an invitation was taken back before anybody came of it.
trail-withdrawn = { $by } retiró una invitación.
# Changes to the team, an entry: the public name, line, languages or topics of somebody changed.
trail-profile = { $by } cambió lo que se ve de { $name }.
# Changes to the team, an entry for the person and coordinators.
trail-sign-in = { $by } abrió sesión.
# Changes to the team, an entry for the person and coordinators. RISK: someone may have the password and the key.
trail-code-refused = Un código para { $by } no encajó.
# Changes to the team, an entry for the person and coordinators.
trail-signed-out-everywhere = { $by } cerró todas sus sesiones.
# Changes to the team, an entry for the person and coordinators.
trail-password = { $by } cambió su contraseña.
# Changes to the team, an entry for the person and coordinators: a phone's codes are on.
trail-second-on = { $by } puso los códigos.
# Changes to the team, an entry for the person and coordinators: a phone's codes are off.
trail-second-off = { $by } quitó los códigos.
# Changes to the team, an entry for the person and coordinators: a coordinator did it, as for a lost phone.
trail-second-reset = { $by } quitó los códigos de { $name }.
# Changes to the team, after an entry about a suspension: why. Tone: matter of fact, no judgement.
trail-why-safety = Motivo: seguridad.
# Changes to the team, after an entry about a suspension: why. Tone: matter of fact, no judgement.
trail-why-conduct = Motivo: su forma de trabajar aquí.
# Changes to the team, after an entry about a suspension: why, a key or a device is gone.
trail-why-key-lost = Motivo: se perdió una llave o un dispositivo.
# Changes to the team, after an entry about a suspension: why, the person asked for it.
trail-why-asked = Motivo: lo pidió esa persona.
# Changes to the team, after an entry about a suspension: no named reason.
trail-why-other = Motivo: otro.
