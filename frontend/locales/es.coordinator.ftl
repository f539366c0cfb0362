### reviewers: none yet
### The coordinators' page. Read by whoever runs the service: careful people with little time.
### Voice: short, present tense, plain; it says exactly what a step does, and what it cannot undo.

## Setting the service up

# Set-up page, main heading, for whoever opened the one-time link of a new service. Tone: calm, a good beginning.
setup-title = Preparar Beside
# Set-up page, first paragraph: what happens here.
setup-what = Aquí empieza todo contigo. Esta página crea las llaves de tu servicio y tu cuenta de coordinación.
# Set-up page, second paragraph: where the root key is. RISK: people trust this, so it is exact.
setup-where = La llave principal se crea en este navegador. Se cierra para ti antes de salir, y el servidor nunca la tiene abierta. Con ella dices quién está en el equipo.
# Set-up page, the main button.
setup-send = Preparar
# Coordinators' page, heading where no service is set up and the page was not opened by the set-up link.
setup-not-yet = Este servicio todavía no está preparado.
# Under it, before a command to type. For whoever runs the server.
setup-not-yet-how = Para prepararlo hace falta un enlace que sirve una vez. Quien lleva el servidor lo obtiene allí con esta orden:
# Set-up page: the link was used, is cut off, or was never given out.
setup-used = Este enlace no se abre. Sirve una sola vez. Si ya preparaste el servicio, entra. Si no, pide el enlace a quien lleva el servidor.
# Set-up, under the twelve words of the first coordinator. RISK: losing them may end the service.
setup-only = Nadie más puede abrir el servicio todavía. Hasta que llegue otra persona a coordinación, estas palabras son la única manera de volver a entrar.
# Set-up, heading above three fields that ask some of the words back.
setup-prove = Tres palabras de vuelta
# Set-up, why the words are asked back. Tone: friendly, no test.
setup-prove-why = Escríbelas desde lo que guardaste. Así sabes que está todo.
# Set-up, label of a field. $place is the number of the word, 1 to 12.
setup-word = Palabra { NUMBER($place) }
# Set-up, said when the words typed back are others. Tone: no blame.
setup-words-differ = Todavía no son las palabras. Mira lo que guardaste o muéstralas otra vez.
# Set-up, button that checks the three words.
setup-prove-go = Seguir
# Set-up, button that shows all twelve words once more.
setup-again = Mostrar mis palabras otra vez
# Set-up, heading when all is done.
setup-done = Tu servicio ya está.
# Set-up, before the list of what comes next.
setup-next = Lo que sigue:
# Set-up, first of three steps.
setup-next-sign-in = Entra aquí con el nombre y la contraseña que elegiste.
# Set-up, second of three steps. RISK: one person alone can lose the service.
setup-next-second = Invita a alguien más a coordinación, para que el servicio no dependa de una sola persona.
# Set-up, third of three steps.
setup-next-team = Invita a moderación y a personas de apoyo, y pon tus horarios.

## The coordinators' desk

# Coordinators' desk, label of the buttons that choose the part.
coord-parts = Partes del escritorio
# Coordinators' desk, a part: who is on the team.
coord-part-team = Equipo
# Coordinators' desk, a part: opening hours.
coord-part-hours = Horarios
# Coordinators' desk, a part: how long talks are kept.
coord-part-keeping = Conservación
# Coordinators' desk, a part: what moderators and coordinators did.
coord-part-deeds = Lo que se hizo
# Coordinators' desk, while something is fetched. Tone: still.
coord-looking = Mirando.
# Coordinators' desk, button that fetches everything again.
coord-look = Mirar otra vez
# Coordinators' desk, until when the signed list of the team is good. $day is a date.
coord-list-until = La lista del equipo sirve hasta el { DATETIME($day, day: "numeric", month: "long") }.
# Coordinators' desk, button: a new list for 35 days, with new team keys.
coord-renew = Renovarla
# Coordinators' desk, refused: another coordinator changed the list a moment before.
coord-problem-first = Alguien más cambió la lista hace un momento. Esta es la nueva. Mira, y prueba otra vez si todavía hace falta.
# Coordinators' desk, refused: a name twice, or nobody left to coordinate, or it still takes a second person.
coord-problem-list = La lista no puede quedar así. Quizá dos personas tienen un mismo nombre. O no queda nadie en coordinación. O falta que otra persona esté de acuerdo.
# Coordinators' desk, refused: what this was about is not there any more.
coord-problem-gone = Eso cambió mientras tanto. Así está ahora.
# Coordinators' desk, refused: the identity store came back from a backup while this page was open.
coord-problem-behind = La lista de aquí es más vieja que una que ya se usó. Abre esta página otra vez para arreglarla.
# Coordinators' desk, refused: somebody on the screen is not as the server says by now, so nothing was signed. RISK: may be an attack.
coord-problem-changed = Alguien aquí ya no es como lo viste al tocar. No se firmó nada. Así está ahora. Si cambió un nombre o una línea, pregunta a esa persona.
# Coordinators' desk and set-up, refused: the server's clock is more than a day from this device's. RISK: may be an attack.
coord-problem-clock = Hay más de un día entre este dispositivo y el servidor. No se firmó nada. Mira la fecha de este dispositivo o avisa a quien lleva el servidor.
# Coordinators' desk, refused: somebody asked for this already.
coord-problem-asked = Alguien ya pidió esto.

## A list that came back from a backup

# Coordinators' desk, heading in place of everything else: the list is older than one that was in use. Tone: calm.
recover-title = Esta lista volvió de un respaldo
# Under it, what that means. RISK: people who left could be let in again.
recover-what = Es más vieja que la lista en uso. Puede tener otra vez a gente que ya se fue. Hasta arreglarla, no se puede cambiar nada más.
# Under it, what to do. Nobody is picked beforehand.
recover-who = Elige a todas las personas que siguen en el equipo. A quien dejes fuera, ya no está en la lista.
# Under the people: those admitted after the backup have no account any more.
recover-since = Quien entró después del respaldo necesita una invitación nueva.
# Button that signs the list of those who are picked and of oneself. $count is a whole number.
recover-go = { $count ->
    [0] Solo yo sigo aquí
    [one] Sigo aquí con { $count } persona más
   *[other] Sigo aquí con { $count } personas más
}

## What was done, said once after it

# Said after an invitation was made.
did-invite = La invitación está lista para entregar.
# Said after an invitation was taken back.
did-withdraw = La invitación se retiró.
# Said after newcomers were admitted.
did-admit = Ya están en el equipo, y el equipo tiene llaves nuevas.
# Said after the list was put right that came from a backup.
did-recover = La lista ya está bien, y el equipo tiene llaves nuevas.
# Said after the list was renewed.
did-renew = La lista se renovó, y el equipo tiene llaves nuevas.
# Said after somebody was let go.
did-let-go = Ya no están en el equipo, y el equipo tiene llaves nuevas.
# Said after a suspension was asked for.
did-propose = Se preguntó a otra persona. Todavía no cambió nada.
# Said after somebody was suspended.
did-suspend = La suspensión está hecha, y el equipo tiene llaves nuevas.
# Said after a suspension was turned down or taken back.
did-refuse = Nadie queda en suspensión.
# Said after a suspended person came back.
did-restore = Están de vuelta en el equipo, y el equipo tiene llaves nuevas.
# Said after the number of talks at once was changed.
did-limit = Cambiado. Cuenta a partir de sus próximos minutos.

## The team

# Team, heading of a card while there is one coordinator only. RISK: the service can be lost.
coord-second = Otra persona en coordinación
# Team, in that card. RISK: the service can be lost.
coord-second-why = Solo tú coordinas. Si tu llave se pierde, nadie puede cambiar el equipo otra vez. Invita a alguien más antes de empezar.
# Team, heading of the coordinators.
coord-role-coordinators = Coordinación
# Team, heading of the moderators.
coord-role-moderators = Moderación
# Team, heading of the peers.
coord-role-peers = Personas de apoyo
# Team, there is none.
coord-no-coordinator = Nadie coordina.
# Team, there is none.
coord-no-moderator = Todavía nadie modera. Admite a alguien antes de abrir: hasta entonces nadie puede leer lo que se señale.
# Team, there is none.
coord-no-peer = Todavía no hay personas de apoyo. Hasta que llegue una, nadie puede hablar con nadie.
# Team, a role, on a short mark and in a choice.
coord-role-coordinator = Coordinación
# Team, a role, on a short mark and in a choice.
coord-role-moderator = Moderación
# Team, a role, on a short mark and in a choice.
coord-role-peer = Persona de apoyo
# Team, mark on oneself.
coord-me = Tú
# Team, mark: sign-in asks for a code, too.
coord-second-factor = Código al entrar
# Team, mark: sign-in asks for no code.
coord-no-second-factor = Sin código al entrar
# Team, mark on a peer: how many talks at once they may have.
coord-limit-is = { $limit ->
    [one] 1 plática a la vez
   *[other] { $limit } pláticas a la vez
 }
# Team, mark: somebody asked for this person to be suspended.
coord-proposed = Se pidió una suspensión
# Team, what somebody speaks. $languages is a list of names.
coord-speaks = Habla { $languages }
# Team, button that opens what can be changed about somebody.
coord-change = Cambiar
# Team, screen reader's name of that button. $alias is never inflected.
coord-about = Cambiar algo de { $alias }
# Team, screen reader's name of the same button while it is open; it begins with the word on it. $alias is never inflected.
coord-about-close = Cerrar lo que se puede cambiar de { $alias }
# Team, label of the choice between 1, 2 and 3 talks at once.
coord-limit = Pláticas a la vez
# Team, one of those three choices.
coord-limit-number = { NUMBER($limit) }
# Team, button: an invitation for the same person, who lost the key or the password.
coord-new-key = Misma persona, llave nueva
# Team, in place of that button once such an invitation is there.
coord-new-key-made = Una llave nueva está en camino
# Team, before that button, when it helps.
coord-new-key-why = Quien perdió su llave o su contraseña conserva su lugar con una nueva. Sus pláticas vuelven cuando vuelve la otra persona.
# Team, button that opens the form for a suspension.
coord-suspend = Pedir una suspensión
# Team, in place of that button, where nobody could agree.
coord-suspend-alone = Para suspender hacen falta dos personas, y no hay otra. Puedes quitar a esta persona del equipo, o se puede pausar a una persona de apoyo.
# Team, in the form for a suspension, how it works.
coord-suspend-how = Se pregunta a otra persona de coordinación o moderación. Si está de acuerdo en siete días, esta persona sale de la lista hasta que alguien la restaure.
# Team, label of the reasons for a suspension.
coord-suspend-reason = Motivo
# Team, button that asks the second person.
coord-suspend-go = Preguntar a otra persona
# Reason of a suspension: somebody could be hurt.
suspend-safety = La seguridad de alguien
# Reason of a suspension: how somebody acted.
suspend-conduct = Su forma de trabajar aquí
# Reason of a suspension: a key or device may be in other hands.
suspend-key-lost = Su llave se perdió
# Reason of a suspension: the person wants it.
suspend-asked = Esa persona lo quiere así
# Reason of a suspension: another one.
suspend-other = Otra razón
# Team, button that opens the question whether somebody leaves for good.
coord-let-go = Quitar del equipo
# Team, asked before a coordinator is let go: what they could still hold. RISK: exact, so that nobody is lulled.
coord-let-go-coordinator = ¿Quitar a { $alias } del equipo? Su sesión termina enseguida. Quizá todavía tiene la llave principal. Con ayuda del servidor, esa llave podría firmar una lista falsa. Esta versión no puede cambiarla por otra.
# Team, asked before a moderator is let go: what they could still hold. RISK: exact.
coord-let-go-moderator = ¿Quitar a { $alias } del equipo? Su sesión termina enseguida y el equipo recibe llaves nuevas. Sabe lo que leyó. No tiene llave para lo que se señale desde ahora.
# Team, asked before a peer is let go: what they could still hold. RISK: exact.
coord-let-go-peer = ¿Quitar a { $alias } del equipo? Su sesión termina enseguida y el equipo recibe llaves nuevas. Quizá aún tiene llaves de sus pláticas y de quienes esperaban. Cada llave cambia cuando esa persona vuelve. Hasta entonces, solo nuestro servidor le cierra el paso.
# Team, under a question about a coordinator's suspension: what they could still hold. RISK: exact.
coord-let-go-coordinator-held = Después de eso, quizá { $alias } todavía tiene la llave principal.
# Team, under a question about a moderator's suspension.
coord-let-go-moderator-held = { $alias } sabe lo que leyó y no recibe llaves nuevas.
# Team, under a question about a peer's suspension. RISK: exact.
coord-let-go-peer-held = Quizá { $alias } tiene llaves de sus pláticas hasta que la otra persona vuelva.
# Team, the button that lets somebody go.
coord-let-go-yes = Sí, quitar del equipo
# Team, heading of questions about suspensions.
coord-proposals = Suspensiones pedidas
# Team, who asked for a suspension; the reason follows as a sentence of its own. $by is an alias.
coord-proposed-by = { $by } lo pide. El motivo:
# Team, one's own question, while nobody has answered.
coord-proposed-wait = Falta la respuesta de otra persona. La pregunta termina a los siete días.
# Team, one's own question; the reason follows as a sentence of its own.
coord-proposed-by-me = Tú lo pides. El motivo:
# Team, asked of the second person before it is done. $alias is an alias.
coord-agree-ask = ¿Suspender a { $alias }? Su sesión termina enseguida y el equipo recibe llaves nuevas.
# Team, the button that does it.
coord-agree-yes = Sí, suspender
# Team, the button that changes nothing, beside any question.
coord-ask-no = No, no cambiar nada
# Team, before the only moderator is let go. RISK: undecided flags are lost.
coord-last-moderator = Es la única persona que modera. Deja que decida antes lo que espera, o admite a otra. Si no, ya nadie lo puede leer.
# Team, two people agree, and the list is still the old one.
coord-agreed = Dos personas están de acuerdo. { $alias } sigue en la lista.
# Team, button that takes somebody off the list after two agreed.
coord-suspend-now = Suspender ahora
# Team, button of the second person: agrees, and it is done.
coord-agree = De acuerdo
# Team, button of the second person: does not agree.
coord-refuse = No estoy de acuerdo
# Team, button of the one who asked.
coord-unpropose = Retirar
# Team, heading of those who are suspended.
coord-suspended = En suspensión
# Team, since when somebody is suspended. $day is a date.
coord-suspended-since = Desde el { DATETIME($day, day: "numeric", month: "long") }
# Team, in place of the name of somebody suspended whom no signed list names. RISK: may be an attack.
coord-suspended-unsigned = Ninguna lista firmada dice quién es, así que no se puede restaurar aquí.
# Team, button that takes somebody back.
coord-restore = Restaurar
# Team, asked before a suspended person is let go.
coord-forget-ask = ¿Quitar a { $alias } del equipo? Se borra su cuenta.
# Team, heading of those invited and not admitted.
coord-newcomers = En camino
# Team, mark: the key is vouched for by the invitation.
coord-verified = Con verificación
# Team, mark: in whose place somebody comes, as the same person with a new key. $alias is an alias.
coord-replaces = Llave nueva para { $alias }
# Team, a newcomer chose a name that is in use.
coord-taken = Alguien del equipo tiene este nombre. Retira la invitación e invita otra vez.
# Team, a newcomer's key is not vouched for. RISK: may be an attack.
coord-forged = Esta llave no viene de tu invitación, así que no se puede admitir. Retira la invitación y entrega otra por otro camino.
# Team, somebody whom another coordinator invited.
coord-elsewhere = La invitación es de otra persona de coordinación, y solo esa persona puede revisar la llave.
# Team, an invitation without an answer. $day is a date.
coord-open-until = Aún sin respuesta. La invitación sirve hasta el { DATETIME($day, day: "numeric", month: "long") }.
# Team, opens the invitation itself.
coord-hand-over = La invitación
# Team, before the link. RISK: whoever has it can join.
coord-hand-over-how = Entrega este enlace en persona, donde solo lo lea quien lo recibe. Sirve una vez.
# Team, before the twelve words.
coord-hand-over-words = O di estas doce palabras por teléfono:
# Team, button that copies the link.
coord-copy-link = Copiar el enlace
# Team, button that copies the words.
coord-copy-words = Copiar las palabras
# Team, button that takes an invitation back.
coord-withdraw = Retirar
# Team, asked before an invitation is taken back.
coord-withdraw-ask = ¿Retirar esta invitación? Ya no se abre, y la cuenta hecha con ella se borra.
# Team, the button that does it.
coord-withdraw-yes = Sí, retirarla
# Team, above the button that admits. RISK: only people whom one knows.
coord-admit-hint = Admite a personas que conoces y con quienes hablaste. Todas juntas necesitan un solo cambio de llaves.
# Team, the button that admits those chosen. $count is how many.
coord-admit = { $count ->
    [0] Admitir
    [one] Admitir a 1 persona
   *[other] Admitir a { $count } personas
 }
# Team, heading of the form for an invitation.
coord-invite = Invitar a alguien
# Team, label of the choice of a role.
coord-invite-role = Para
# Team, what a peer can open, said before one is invited. RISK: exact.
coord-opens-peer = Una persona de apoyo abre sus propias pláticas y ve las etiquetas de quienes esperan. No abre nada más.
# Team, what a moderator can open, said before one is invited. RISK: exact.
coord-opens-moderator = Quien modera abre lo que alguien señala y puede pausar a una persona de apoyo. No abre pláticas.
# Team, what a coordinator can open, said before one is invited. RISK: exact.
coord-opens-coordinator = Quien coordina no abre pláticas. Tiene la llave principal: dice quién está en el equipo, y todas las páginas le creen.
# Team, button that makes the invitation.
coord-invite-go = Crear una invitación

## Hours

# Hours, first line: what they do.
hours-what = Los horarios dicen cuándo piensan estar las personas de apoyo. La gente los ve en su propia hora. Fuera de ellos puede dejar una nota.
# Hours, label of the two choices.
hours-mode = Cuándo está abierto
# Hours, a choice: no hours at all.
hours-always = Abierto día y noche
# Hours, a choice: hours by day and language.
hours-some = Poner horarios
# Hours, heading of what is not covered. Tone: matter of fact.
hours-cover = Quién falta
# Hours, nobody speaks a language that is open. $language is a language, $days a list of days or every day.
hours-nobody = Nadie de apoyo habla { $language }: { $days }.
# Hours, one peer speaks it, who also rests. $language is a language, $days a list of days or every day.
hours-one = Solo una persona de apoyo habla { $language }: { $days }.
# Hours, in place of the list of all seven days.
hours-every-day = todos los días
# Hours, label of the time zone.
hours-zone = Zona horaria
# Hours, heading of the week for every language without hours of its own.
hours-all = Todos los idiomas
# Hours, label of the choice of a language that gets a week of its own.
hours-own = Un idioma con su propio horario
# Hours, button beside it.
hours-add-language = Añadirlo
# Hours, button under a language's week. $language is its name.
hours-drop-language = Sin horario propio para { $language }
# Hours, a day without hours.
hours-shut = Cerrado
# Hours, screen reader's name of a time field. $day is a weekday.
hours-from = { $day }, desde
# Hours, screen reader's name of a time field. $day is a weekday.
hours-to = { $day }, hasta
# Hours, beside an end that is after midnight.
hours-next-day = del día siguiente
# Hours, button that removes a stretch of hours or a closure.
hours-remove = Quitar
# Hours, screen reader's name of that button. $day is a weekday.
hours-remove-day = Quitar estas horas de { $day }
# Hours, button that adds a stretch of hours to a day.
hours-add = Añadir horas
# Hours, screen reader's name of that button. $day is a weekday.
hours-add-day = Añadir horas para { $day }
# Hours, button: every day gets Monday's hours.
hours-monday = Las horas del lunes en todos los días
# Hours, what is still to be filled in.
hours-times = Una hora o un día
# Hours, the main button.
hours-save = Guardar estos horarios
# Hours, not saved: another coordinator set other hours meanwhile.
changed-hours = Alguien más puso horarios mientras tanto. Los tuyos siguen aquí y no se guardaron. Guarda otra vez para poner los tuyos en su lugar.
# Hours, button beside it.
hours-theirs = Mostrar los otros
# A weekday, on its own line.
day-mon = Lunes
# A weekday, on its own line.
day-tue = Martes
# A weekday, on its own line.
day-wed = Miércoles
# A weekday, on its own line.
day-thu = Jueves
# A weekday, on its own line.
day-fri = Viernes
# A weekday, on its own line.
day-sat = Sábado
# A weekday, on its own line.
day-sun = Domingo
# Hours, heading of the days on which nobody is on.
closures-title = Días cerrados
# Hours, no such days are set.
closures-none = No hay días cerrados.
# Hours, label of the first day.
closures-first = Primer día
# Hours, label of the last day.
closures-last = Último día
# Hours, button that adds days off.
closures-add = Añadir días cerrados

## Keeping

# Keeping, label of the line that goes with every change.
coord-why = Por qué, en una línea
# Keeping, under that line: who reads it. RISK: keeps names and quotes out.
coord-why-hint = La coordinación lo lee en el registro. No pongas nombres ni palabras de una plática.
# Keeping, a button that saves a change.
coord-save = Guardar
# Keeping and hours, said after a change was saved.
coord-saved = Guardado.
# Keeping, not saved: another coordinator set other days meanwhile.
changed-keep = Alguien más puso los días mientras tanto. Lo tuyo no se guardó. Guarda otra vez para ponerlo en su lugar.
# Keeping, nothing done: another coordinator began or ended the hold meanwhile.
changed-hold = Alguien más cambió la retención mientras tanto. Así está ahora.
# Keeping, heading.
keep-title = Cuánto se guardan las pláticas
# Keeping, what the days mean.
keep-meaning = Una plática a la que nadie vuelve se borra después de estos días. Todas las páginas dicen el número.
# Keeping, label of the number of days.
keep-days = Días
# Keeping, what numbers are possible. $least and $most are numbers.
keep-days-hint = Un número de { NUMBER($least) } a { NUMBER($most) }.
# Keeping, heading of the hold: nothing is deleted by time.
hold-title = Retención
# Keeping, the hold is on. RISK: clients are told on the first page.
hold-is-on = Hay una retención. Ahora nada se borra por el tiempo.
# Keeping, the hold is off.
hold-is-off = No hay ninguna retención.
# Keeping, what a hold does. RISK: exact; clients read about it.
hold-what = Una retención guarda pláticas y reportes más allá de sus días, por ejemplo si lo pide un tribunal. La primera página se lo dice a todo el mundo. Lo que una persona borra se borra igual.
# Keeping, button that begins a hold.
hold-begin = Empezar una retención
# Keeping, button that ends it.
hold-end = Terminar la retención

## What was done

# Record, heading.
deeds-title = Lo que se hizo
# Record, what is in it and what is not.
deeds-what = Cada paso de moderación y coordinación, con su motivo. Aquí no hay palabras de ninguna plática.
# Record, nothing is in it.
deeds-none = Todavía nada.
# Record, who did it and when. $by is an alias, $day a date.
deeds-by = { $by }, { DATETIME($day, day: "numeric", month: "long") }
# Record, when, by somebody who is not on the team any more. $day is a date.
deeds-day = Alguien que ya no está, { DATETIME($day, day: "numeric", month: "long") }
# Record, button that shows older steps.
deeds-older = Mostrar anteriores
# Record, a step that this page has no words for yet. $act is a short technical word.
deeds-act = Un paso: { $act }
# Record, a step: a flag was read.
deed-read = Leyó un reporte
# Record, a step: a flag was decided, nothing to do.
deed-none = Decidió: sin acción
# Record, a step: a flag was decided, somebody talks with the peer.
deed-talk = Decidió: hablar con la persona de apoyo
# Record, a step: a peer was paused.
deed-pause = Pausó a una persona de apoyo
# Record, a step: a talk was ended and offered to others.
deed-reoffer = Terminó una plática y la ofreció otra vez
# Record, a step: a talk was closed for good.
deed-close = Cerró una plática
# Record, a step: a report for a legal duty was agreed by two.
deed-report = Acordó un informe
# Record, a step: the file for a report was taken out.
deed-pack = Sacó el archivo de un informe
# Record, a step: a flag was handed to another moderator.
deed-hand-on = Pasó un reporte a otra persona
# Record, a step: a flag was opened to be put under the team's new key.
deed-reseal = Abrió un reporte para ponerlo bajo la llave nueva
# Record, a step: a flag was put under the team's new key.
deed-resealed = Puso un reporte bajo la llave nueva
# Record, a step: the reporter was asked for more words.
deed-ask-context = Pidió más palabras
# Record, a step: a second person was asked.
deed-ask-second = Preguntó a otra persona
# Record, a step: a second person agreed.
deed-agree = Estuvo de acuerdo
# Record, a step: a second person saw it another way.
deed-differ = Lo entendió de otra manera
# Record, a step: a flag is kept past its days.
deed-hold-on-flag = Retuvo un reporte
# Record, a step: a flag is not kept longer any more.
deed-hold-off-flag = Soltó un reporte
# Record, a step: a pause was ended.
deed-pause-lifted = Quitó una pausa
# Record, a step: a pause ended with its time; named is the peer it was about.
deed-pause-over = Una pausa llegó a su fin
# Record, a step: a longer pause took the place of a shorter one; named is the peer.
deed-pause-longer = Una pausa más larga ocupó el lugar de otra
# Record, a step: a peer who was paused is not of the team any more.
deed-pause-left = Se fue estando en pausa
# Record, a step: a peer asked for a pause to be looked at again.
deed-appealed = Pidió revisar una pausa
# Record, a step: a pause was looked at again, and stays.
deed-appeal-upheld = Revisó una pausa y la mantuvo
# Record, a step: opening hours were changed.
deed-set-hours = Cambió los horarios
# Record, a step: the days that talks are kept were changed.
deed-set-keep-days = Cambió cuánto se guardan las pláticas
# Record, a step: a hold on deleting began.
deed-hold-on = Empezó una retención
# Record, a step: a hold on deleting ended.
deed-hold-off = Terminó la retención
