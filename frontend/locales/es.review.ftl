### reviewers: none yet
### La página de moderación. La leen personas preparadas, a menudo con cansancio, después de palabras duras.
### Voz: tú, frases cortas, presente, palabras sencillas. Sin prisa, sin decir cuánto espera, sin adivinar el género de nadie.

## A flag, its words, and the decision

# Moderators' desk, while the next flag is fetched.
review-looking = Buscando lo que sigue.
# Moderators' desk, when no flag waits. Tone: calm.
review-none = Ahora no hay nada que te espere.
# Moderators' desk, under the line that nothing waits.
review-none-hint = Respira. Puedes mirar otra vez cuando quieras.
# Moderators' desk, button that looks for the next flag.
review-look = Mirar otra vez
# Category of a flag: somebody may be in danger.
category-danger = Peligro
# Category of a flag: sexual words, contact details or money.
category-contact = Sexual, contacto o dinero
# Category of a flag: abuse.
category-abuse = Maltrato
# Category of a flag: a mistake somebody made.
category-mistake = Algo que salió mal
# Category of a flag: anything else, also "I need backing".
category-other = Otro
# Flag: who flagged, the person who came to talk.
review-by-client = Lo señaló la persona que vino a hablar
# Flag: who flagged, a peer.
review-by-peer = Lo señaló una persona de apoyo
# Flag: its age in whole days.
review-age = { $days ->
    [0] Llegó hoy
    [one] Llegó ayer
   *[other] Llegó hace { $days } días
 }
# Flag: whether its talk still runs.
review-open = La plática está abierta.
# Flag: its talk is closed.
review-closed = La plática ya está cerrada.
# Flag: its talk was deleted by the person.
review-deleted = La persona borró la plática. Aquí solo está lo que se señaló.
# Flag, heading above the flagged messages.
review-words = Las palabras
# Flag, what a moderator sees and does not.
review-limits = Solo ves lo que alguien decidió enviar. Lo demás de la plática sigue cerrado.
# Flag, on the cover of a message. $category is the category of the flag, nothing of the words.
review-cover = Tapado. Categoría: { $category }
# Flag, button that uncovers one message.
review-show = Mostrar
# Screen reader's name of that button. $number is the message's place in this flag.
review-show-one = Mostrar el mensaje { $number }
# Flag, button that uncovers all messages.
review-show-all = Mostrar todo
# Flag, who wrote a message: the person who came to talk.
review-from-client = La persona que vino a hablar
# Flag, who wrote a message: somebody of the team. $alias is never inflected.
review-from-staff = { $alias }, del equipo
# Flag, who wrote a message: somebody whom the team's list does not name any more.
review-from-unlisted = Alguien que no está en la lista del equipo
# Flag, when a message was written, by its writer's clock.
review-when = { DATETIME($time, day: "numeric", month: "long", hour: "numeric", minute: "numeric") }
# Flag, between messages: how many of the talk were not disclosed.
review-gap = { $count ->
    [one] 1 mensaje que no se muestra
   *[other] { $count } mensajes que no se muestran
 }
# Flag, in place of a message whose content is not words. $kind is a short technical word.
review-kind = Esto no son palabras, sino una señal de la página: { $kind }
# Flag, heading of what the reporter gave as reason.
review-why = Por qué se señaló
# Flag, heading of the reporter's note.
review-note = Su nota
# Flag, when no reason and no note came with it.
review-no-why = No dio ninguna razón. Eso siempre está bien.
# Flag, in place of its content, when this browser holds no key for it.
review-no-key = Esto se selló antes de que te unieras, así que no puedes abrirlo. Déjalo para alguien más del equipo.
# Decision, heading.
decide-title = Qué pasa ahora
# Decision: nothing is done about anyone.
decide-none = No hacer nada
# Decision: the talk is closed for both.
decide-close = Cerrar esta plática
# Decision, label of the reasons.
decide-reason = Razón
# Reason of a decision.
reason-nothing-wrong = Aquí no hay nada malo
# Reason of a decision.
reason-not-clear = No está tan claro como para actuar
# Reason of a decision.
reason-kept-as-note = Se guarda como nota
# Reason of a decision.
reason-asked-contact = Pidió o dio datos de contacto
# Reason of a decision.
reason-sexual = Sexual
# Reason of a decision.
reason-money = Dinero
# Reason of a decision.
reason-abuse = Maltrato
# Reason of a decision.
reason-danger = Peligro
# Reason of a decision.
reason-other = Otra
# Decision, label of the one line that goes with every decision.
decide-line = Una línea para el equipo
# Decision, under that field: who reads it. RISK: keeps quotes out.
decide-line-hint = Solo la lee moderación. No pongas las palabras mismas.
# Decision, the button that leads to the question below.
decide-go = Decidir
# Decision, asked before it is final, heading.
decide-ask = ¿Es correcto?
# Decision, the chosen act and reason once more.
decide-chosen = { $act }: { $reason }
# Decision, before the exact words the person who flagged will read.
decide-reads = Quien lo señaló lee:
# Decision, the button that makes it final.
decide-yes = Sí, es correcto
# Decision, the button that goes back to the form.
decide-back = Volver
# Decision, while it is on its way.
decide-sending = Anotándolo.
# Decision, button to the next flag.
decide-next = Siguiente
# Decision: someone else decided this, or its time with this moderator is over.
decide-gone = Este ya no está contigo.

## The desk

# Moderators' desk, button: the flag that is next for this moderator.
desk-part-next = Lo que sigue para ti
# Moderators' desk, button: second opinions and appeals that wait for this very moderator.
desk-part-asked = Te piden
# The same button while something waits there. Never a number.
desk-part-asked-waits = Te piden: alguien espera
# Moderators' desk, button: peers who take no new talks.
desk-part-pauses = Personas en pausa
# Moderators' desk, button: decided flags, while they are kept.
desk-part-kept = Reportes guardados

## What came of a flag that was in view

# Moderators' desk, spoken and shown when a flag was decided. Tone: calm.
done-decided = Listo. Tómate el tiempo que necesites.
# Moderators' desk, after a flag was handed on to another moderator.
done-handed-on = Ya pasó a otras manos. Alguien más lo lee.
# Moderators' desk, after the one who flagged was asked for more.
done-asked-more = Ya se pidió. Vuelve cuando la persona responda.
# Moderators' desk, after somebody was asked by name to read it too.
done-asked-second = Ya se pidió. Vuelve si esa persona haría otra cosa.

## A flag

# Flag: the one who flagged was asked for more, and did not answer yet.
review-more-asked = Se le pidió más y todavía no responde.
# Flag: the one who flagged was asked for more, and sent it.
review-more-given = Se le pidió más y lo envió.
# Flag: the one who flagged was asked for more, and would rather not. RISK: no blame.
review-more-refused = Se le pidió más y prefirió no enviarlo. Eso siempre está bien.
# Flag, beside a message that was sent later, when a moderator asked for more.
review-later = Enviado cuando se pidió más
# Flag, on the cover of what is left of a message that is shown in parts.
review-cover-rest = Lo demás sigue tapado.
# Flag, button that uncovers a message piece by piece.
review-show-parts = Mostrar por partes
# Screen reader's name of that button. $number is the message's place in this flag.
review-show-parts-one = Mostrar por partes el mensaje { $number }
# Flag, button that uncovers the next piece of a message.
review-show-more = Mostrar más
# Screen reader's name of that button. $number is the message's place in this flag.
review-show-more-one = Mostrar más del mensaje { $number }
# Flag, under a drawing, which is small and grey first: button that shows it as it was drawn.
review-larger = Mostrar más grande
# Flag, under a drawing that was made larger.
review-smaller = Hacer pequeño otra vez
# Flag, heading above lines that other moderators wrote about it.
review-notes = Notas del equipo
# Flag, in place of a note that this browser holds no key for.
review-note-shut = Esta nota no se abre con tus llaves.
# Flag: another moderator gave it to whoever reads it now.
review-handed-on = Alguien de moderación lo pasó para una segunda opinión.
# Flag: the second reader would do something else. $alias is never inflected.
review-differs = { $alias } lo leyó y haría otra cosa. Puedes decidir de nuevo o preguntar a otra persona.
# Flag: the second reader would report it too. $alias is never inflected.
review-report-agreed = { $alias } también informaría fuera. El reporte sigue aquí para decidirse.

## Not now, or not alone

# Flag, heading above the two ways not to decide it now. Tone: both are fine.
ways-title = ¿Todavía no quieres decidir?
# Flag, button: asks the one who flagged to send more words.
ways-more = Pedir más contexto
# Flag, asked before that goes out. RISK: it is asked once, and they may say no.
ways-more-ask = ¿Pedirle más palabras a quien lo señaló? Puede decir que no. Solo se puede pedir una vez.
# Flag, button that sends the question.
ways-more-yes = Sí, pedir
# Flag, button and heading: another moderator reads it next.
ways-hand-on = Pasar para una segunda opinión
# Flag, in place of that button.
ways-hand-on-off = No se puede pasar, porque no hay nadie más de moderación en la lista.
# Flag, what handing on does.
ways-hand-on-what = Otra persona de moderación lo lee. Ya no vuelve a ti.
# Flag, button that hands it on.
ways-hand-on-yes = Pasarlo

## Acts

# Decision: a moderator talks with the peer outside of the service, and writes down that they do.
decide-talk = Hablar con la persona de apoyo
# Decision: a peer takes no new talks. Takes two people.
decide-pause = Poner en pausa a alguien
# Decision: the talk ends for the peer, and the person may meet somebody else.
decide-reoffer = Terminar y ofrecer a otra persona
# Decision: the words are to be reported outside, where the law asks for it. Takes two people.
decide-report = Informar fuera de Beside
# Decision, under its heading: which acts can be taken back.
decide-undo = Una pausa se puede quitar, y una plática terminada puede seguir con alguien más. Cerrar e informar fuera no se pueden deshacer.
# Decision, under its heading, where nothing is reported outside: which acts can be taken back.
decide-undo-no-report = Una pausa se puede quitar, y una plática terminada puede seguir con alguien más. Cerrar no se puede deshacer.
# Decision, why most acts are off: a message does not match its proof.
decide-off-bad = Lo que afecta a alguien no se puede hacer, porque las palabras y la prueba no coinciden.
# Decision, why most acts are off: a message cannot be checked.
decide-off-wait = Lo que afecta a alguien no se puede hacer, porque todavía no podemos comprobar todos los mensajes.
# Decision, why two acts are off: the talk is closed already.
decide-off-closed = No se puede terminar ni cerrar, porque la plática ya está cerrada.
# Decision, why acts of two people are off: there is nobody to ask.
decide-off-alone = Lo que pide dos personas no se puede hacer, porque no hay nadie más en la lista.
# Decision, why pausing is off: nobody whom it could be about is listed.
decide-off-nobody = No se puede poner en pausa, porque nadie de la lista habló en esta plática.
# Decision, label of the choice between the peers who spoke in the talk.
decide-whom = Quién
# Decision, label of the choice of a second person.
decide-second = Quién lo lee contigo
# Decision, under that label. RISK: true word for word.
decide-second-hint = Las palabras se sellan otra vez, solo para esa persona. No se le dice qué harías.
# Decision of two, the button that leads to the question below.
decide-ask-second = Preguntarle
# Decision, whom a pause is about. $alias is never inflected.
decide-about = Sobre { $alias }
# Decision, talking with the peer: what happens then.
decide-then-talk = Tú hablas con esa persona, fuera de Beside. Aquí solo queda anotado.
# Decision, a pause: what happens then.
decide-then-pause = No recibe pláticas nuevas hasta que alguien quite la pausa. Las abiertas siguen. Puede pedir que alguien nuevo lo mire otra vez.
# Decision, end and offer another: what happens then.
decide-then-reoffer = La parte de la persona de apoyo termina de inmediato. Quien vino guarda la plática y puede seguir con alguien más.
# Decision, closing, what happens to both.
decide-then-close = La plática se cierra de inmediato para las dos partes. Esto no se puede deshacer.
# Decision, reporting outside: what happens then.
decide-then-report = Las dos personas pueden guardar estas palabras en un archivo durante siete días. El reporte queda por decidir.
# Decision, a pause by one person alone. RISK: an exception, so its end is said.
decide-alone = No hay nadie más a quien preguntar. Por eso esta pausa termina sola en 72 horas.
# Decision of two, whom it goes to. $alias is never inflected.
decide-to = { $alias } lee las mismas palabras y no sabe qué elegiste. Si eligen lo mismo, se hace.
# Second opinion, before it is final. $alias asked for it, and is never inflected.
decide-second-by = Si { $alias } eligió lo mismo, se hace ahora. Si no, vuelve a esa persona.
# Decision of two, before the exact words the person who flagged will read.
decide-reads-both = Si las dos personas eligen esto, quien lo señaló lee:
# Decision: it takes two people, and who was chosen cannot be asked any more.
decide-second-needed = Esto pide a alguien más, y a esa persona ya no se le puede preguntar. Mira quién está en la lista.
# Decision: another moderator or coordinator left a line on this flag in between; it is shown now, and nothing was decided.
decide-read-again = Mientras tanto, alguien del equipo dejó una nota. Léela primero.
# Decision: all the words together are longer than what can be shown to a second person.
decide-too-long = Son demasiadas palabras para mostrarlas a una persona. Mejor pásalo a moderación.

# What a client reads who flagged, shown before it is final. Exact twin of outcome-talked.
reads-client-talk = Alguien de moderación leyó lo que enviaste, y el equipo habló con la persona de apoyo. Puedes cambiar o quedarte.
# What a client reads who flagged, shown before it is final. Exact twin of outcome-paused.
reads-client-pause = Alguien de moderación leyó lo que enviaste. Pedimos que esa persona no tome pláticas nuevas mientras revisamos. Puedes cambiar o quedarte.
# What a client reads who flagged, shown before it is final. Exact twin of outcome-reoffered.
reads-client-reoffer = Alguien de moderación leyó lo que enviaste y terminó la plática con esa persona. Puedes seguir con alguien más.
# What a client reads who flagged, shown before it is final. Exact twin of outcome-reported.
reads-client-report = Alguien de moderación leyó lo que enviaste. Las palabras que elegiste pueden pasarse a otra parte, porque la ley lo pide.

## A report outside, agreed by two

# Report, what the file is for. RISK: the one way in which words leave the service.
pack-why = Las dos personas pueden guardar estas palabras para quien la ley indica, durante siete días.
# Report, button.
pack-save = Guardar el archivo del informe
# Report, asked before the file is made. RISK: words leave the service.
pack-ask = ¿Guardar estas palabras en esta máquina? Así salen de Beside, y eso queda anotado.
# Report, button that makes the file.
pack-yes = Sí, guardar el archivo
# Report, button that leaves it.
pack-no = Volver
# Report, said when the file was handed to the browser.
pack-saved = El archivo va a tus descargas. Guárdalo donde solo tú mires.
# Report file, first line.
pack-title = Palabras de una plática en Beside, elegidas por alguien que estaba en ella
# Report file, the day on which the words were flagged.
pack-opened = Se señaló el { DATETIME($day, day: "numeric", month: "long", year: "numeric", timeZone: "UTC") }
# Report file, the category of the flag.
pack-category = Categoría: { $category }
# Report file, when a message was written. RISK: it is what the writer's machine said, and no proof of the time.
pack-when = { DATETIME($time, day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "numeric", timeZone: "UTC", timeZoneName: "short") } según su propio reloj
# Report, where the file would be: this browser holds no key for the words, or they are damaged.
pack-shut = Estas palabras no se abren aquí, así que no hay archivo.
# Report, where the file would be: some message does not match its proof, or cannot be checked.
pack-unproven = No todos los mensajes se pueden comprobar, así que no hay archivo.
# Report, where the file would be: its seven days are over, or it was not agreed.
pack-gone = Este archivo ya no se puede guardar.
# Report file, last line. RISK: true word for word.
pack-limits = Aquí solo está lo que se eligió. Beside no sabe quién es ni dónde está la persona que vino a hablar.

## What is asked of this very person, also on the coordinators' page

# Second opinions and appeals, heading.
second-title = Te piden
# A second opinion that waits, and the heading above it. $alias asks, and is never inflected.
second-by = { $alias } te pide una segunda opinión
# Button that opens it.
second-read = Leerlo
# Button that closes it without an answer.
second-later = Más tarde
# Second opinion, above the acts. RISK: true word for word.
second-own = Elige qué harías tú. No se te muestra qué eligió la otra persona.
# Second opinion, afterwards: both chose the same.
second-agreed = Eligieron lo mismo. Ya está hecho.
# Second opinion, afterwards: they did not. Tone: nothing wrong with that.
second-differs = Cada quien haría algo distinto. Vuelve a quien preguntó.
# Heading above what this person and another agreed to report, while its file can be saved.
second-reported = Acordado para informar fuera
# Agreed to report, with whom. $alias is never inflected.
second-reported-with = Con { $alias }
# Agreed to report, where the other one is not on the team any more.
second-reported-left = Con alguien que ya no está
# Agreed to report, the last day for its file. $day is a date.
second-reported-until = El archivo se puede guardar hasta el { DATETIME($day, day: "numeric", month: "long", timeZone: "UTC") }
# Heading above what this moderator asked others.
second-mine = Preguntaste
# Somebody was asked, and did not answer yet. $alias is never inflected.
second-to = { $alias } todavía no responde
# Button that opens the flag again, to ask another person or to decide otherwise.
second-reopen = Abrirlo otra vez
# When nothing is asked. Tone: calm.
second-none = Ahora no te piden nada.

# A paused peer's appeal, heading. $alias is never inflected.
appeal-title = { $alias } te pide que lo mires otra vez
# Appeal, what it is. $reason is a short reason of the list.
appeal-why = Está en pausa ({ $reason }), y tú no tuviste parte en eso.
# Appeal, when its words do not open.
appeal-shut = Sus palabras no se abren con tu llave.
# Appeal, on the cover of its words.
appeal-covered = Sus palabras, tapadas
# Appeal, label of the choice.
appeal-what = Qué decides
# Appeal, a choice.
appeal-lift = Quitar la pausa
# Appeal, a choice.
appeal-uphold = Dejar la pausa
# Appeal, button.
appeal-send = Decidirlo
# Appeal, once it is decided.
appeal-answered = Tu decisión sobre la pausa quedó anotada.
# Pauses, appeals and kept flags: label of the one line in the trail.
trail-reason = Por qué, en una línea
# Under that label. RISK: the service can read this line, so nothing of a talk goes there.
trail-reason-hint = Esta línea no va sellada. No pongas palabras de una plática ni de quién se trata.

# A coordinator would suspend somebody, heading. $alias is never inflected.
propose-title = ¿Suspender a { $alias }?
# Who would suspend them. $alias is never inflected.
propose-by = Lo pide { $alias }.
# Why: somebody's safety.
propose-reason-safety = Es por la seguridad de alguien.
# Why: how they behave at work.
propose-reason-conduct = Es por su forma de trabajar aquí.
# Why: their key may be in other hands.
propose-reason-key-lost = Su llave se perdió.
# Why: they wish it themselves.
propose-reason-asked = Esa persona lo quiere así.
# Why: anything else.
propose-reason-other = Hay otra razón.
# What suspending does.
propose-then = Entonces no puede entrar, y las llaves del equipo cambian. Coordinación puede devolverle su lugar.
# Button: agrees.
propose-agree = De acuerdo
# Asked before it counts. $alias is never inflected.
propose-ask = ¿Te parece bien suspender a { $alias }?
# Button that makes it count.
propose-yes = Sí, de acuerdo
# Button: does not agree.
propose-no = No me parece bien
# Once this person answered.
propose-answered = Tu respuesta quedó anotada.
# The proposal was withdrawn, or answered by somebody else.
propose-gone = Esta propuesta ya terminó.

## Paused peers

# Paused peers, heading.
pauses-title = Personas en pausa
# Paused peers, what a pause is.
pauses-what = No reciben pláticas nuevas. Las que estaban abiertas siguen.
# Paused peers, when there is none.
pauses-none = Nadie está en pausa.
# Paused peers, the day it began.
pauses-since = Desde el { DATETIME($day, day: "numeric", month: "long", timeZone: "UTC") }.
# Paused peers, when it ends by itself.
pauses-until = Termina sola el { DATETIME($time, day: "numeric", month: "long", hour: "numeric", minute: "numeric") }.
# Paused peers, who paused them, alone. $alias is never inflected.
pauses-by = La puso { $alias }.
# Paused peers, the two who paused them, never inflected.
pauses-by-two = La pusieron { $alias } y { $second }.
# Paused peers, they asked somebody new to look again, who did not answer yet.
pauses-appeal-open = Pidió que alguien nuevo lo mire otra vez.
# Paused peers, somebody new looked again and let it stand.
pauses-appeal-upheld = Alguien nuevo lo miró otra vez y la dejó.
# Paused peers, button that opens the line for a reason.
pauses-lift = Quitarla
# Screen reader's name of that button. $alias is never inflected.
pauses-lift-one = Quitarla: { $alias }
# Paused peers, button that ends the pause.
pauses-lift-yes = Quitar la pausa ahora
# Pauses, once this person lifted one.
pauses-lifted = La pausa se quitó.
# Pauses: it ended before.
pauses-gone = Esta pausa ya terminó.

## Kept flags

# Kept flags, heading.
kept-title = Reportes guardados
# Kept flags, what they are. RISK: true word for word.
kept-what = Los reportes decididos se van solos con el tiempo. Los retenidos se quedan hasta que alguien los suelte. Aquí no hay palabras.
# Kept flags, when there is none.
kept-nothing = Ahora no hay nada guardado.
# Kept flags, in the place of the day of the decision: someone holds it, and nobody decided yet.
kept-undecided = Aún sin decidir
# Kept flags, the day of the decision.
kept-day = Se decidió el { DATETIME($day, day: "numeric", month: "long", timeZone: "UTC") }
# Kept flags, what was decided: nothing was done about anyone.
kept-act-none = sin acción
# Kept flags, what was decided: a moderator talks with the peer.
kept-act-talk = se habló con la persona de apoyo
# Kept flags, what was decided: a peer was paused.
kept-act-pause = se puso una pausa
# Kept flags, what was decided: the talk ended for the peer.
kept-act-reoffer = terminó y se ofreció a alguien más
# Kept flags, what was decided: the talk was closed.
kept-act-close = se cerró la plática
# Kept flags: it was reported outside.
kept-reported = se informó fuera
# Kept flags: it stays.
kept-held = retenido
# Kept flags, button that opens the line for a reason.
kept-hold = Retenerlo
# Kept flags, what holding does.
kept-hold-then = Se queda hasta que alguien lo suelte. Cualquiera que decide reportes puede hacerlo.
# Kept flags, button that holds it.
kept-hold-yes = Retenerlo ahora
# Kept flags, button that opens the line for a reason.
kept-let-go = Soltarlo
# Kept flags, what letting go does.
kept-let-go-then = Se va cuando le toque.
# Kept flags, button that lets it go.
kept-let-go-yes = Soltarlo ahora
# Kept flags, once this person held one or let it go.
kept-done = Quedó anotado.
# Kept flags: it went meanwhile.
kept-gone = Este ya no está.

## Doses of heavy reading

# Moderators' desk, where in a batch this flag is. Never how many wait.
dose-at = Tanda: { $at } de { $of }
# Moderators' desk, button: nothing comes until the moderator is back. Tone: always fine.
dose-rest = Tomar un descanso
# After eight flags, heading. Tone: caring.
dose-batch = Fue una tanda completa.
# After three heavy flags, heading. Tone: caring.
dose-heavy = Fueron tres pesados.
# Under that heading. RISK: no reason is asked.
dose-choose = Sigue o descansa. Nadie pregunta por qué.
# Button: the next flag comes.
dose-go-on = Seguir ahora
# During a break. Tone: calm.
dose-resting = Estás en un descanso. No llega nada.
# During a break, button.
dose-back = Ya volví
# During a break, heading of a moment for the moderator. Tone: warm, no duty in it.
dose-after = Un momento para ti
# Moderators' desk, folded: categories that do not come today.
dose-skip = Saltarse algo hoy
# Label of the categories.
dose-skip-which = Hoy no para mí
# Under that label. RISK: nobody is told.
dose-skip-hint = Alguien más lee estos. Mañana vuelven a llegar.
