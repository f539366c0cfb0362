### reviewers: none yet
### Una plática al ritmo de cada persona: solo en la página de quien busca apoyo.
### Voz: corta, en presente, «tú» y «nosotros». Nunca debes, tienes que, por favor, perdón. Sin signos de exclamación ni modismos.
### $peer es el alias que eligió la persona que acompaña: no se flexiona y no se sabe su género.

## Ritmo

# Barra de abajo, primer botón, siempre a la vista: el ritmo de ahora, en pocas palabras. $pace es uno de tres códigos.
pace-chip = { $pace ->
    [listen] Ritmo: escúchame
    [ask] Ritmo: pregúntame
   *[slowly] Ritmo: despacio
}
# Título del panel que abre el botón; siguen tres opciones.
pace-title = Ritmo
# Línea en la plática, también leída en voz alta, después de elegir. Son los nombres de las tres opciones. RIESGO: una afirmación.
pace-changed = { $pace ->
    [listen] Ahora el ritmo es “Solo escúchame”. { $peer } lo puede ver.
    [ask] Ahora el ritmo es “Pregúntame”. { $peer } lo puede ver.
   *[slowly] Ahora el ritmo es “Despacio”. { $peer } lo puede ver.
}

## Pausa

# Barra de abajo, botón, y título de su panel. Siguen dos maneras.
pause = Pausa
# Panel de pausa, botón: la persona se queda y no escribe. Con su propia voz.
pause-here = Estoy aquí, sin escribir
# Panel de pausa, botón: la persona se va un rato. Con su propia voz.
pause-away = Me alejo un rato
# Durante la pausa, sobre la barra, también en voz alta. RIESGO: promete que nadie pide más.
pause-on = En pausa. No se espera nada de ti. { $peer } lo sabe.
# Lo mismo cuando no hay quien acompañe.
pause-on-alone = En pausa. No se espera nada de ti.
# Durante la pausa. RIESGO: una afirmación. $time queda lejos; nunca hay cuenta atrás. Después, el código tampoco abre nada.
pause-keep = Guardamos tu lugar hasta el { DATETIME($time, month: "long", day: "numeric", hour: "numeric", minute: "2-digit") }. Hasta entonces tu código también abre esta plática.
# Durante la pausa, botón: desde ahora el lugar se guarda más tiempo.
pause-longer = Guardar mi lugar más tiempo
# Durante la pausa, botón en lugar de Pausa. Con la voz de la persona.
pause-end = Ya volví

## Lo que pregunta quien acompaña

# Bajo una pregunta, botón: esta pregunta es para otro momento, o para nunca. No se pide motivo.
ask-not-ready = Todavía no estoy para eso
# Bajo una pregunta, botón: se deja fuera.
ask-skip = Saltar
# En lugar de los dos botones después de ask-not-ready, también en voz alta. Tono: está bien así. RIESGO: una afirmación.
notready-done = { $peer } lo sabe. Puedes volver a esto si alguna vez quieres.
# En lugar de los dos botones después de ask-skip, también en voz alta. Tono: está bien así. RIESGO: una afirmación.
skip-done = Pregunta saltada. { $peer } lo sabe, y está bien.

## Quien acompaña

# En la plática, una sola vez, como texto quieto, cuando lleva un minuto o más en una respuesta.
peer-writing = { $peer } escribe una respuesta más larga.

## Más

# Más, botón: qué ayudaría hoy y cómo llamarte. Las dos cosas se pueden dejar.
more-need = Qué ayudaría, y cómo llamarte

## Somebody else comes in

# Card, heading: a peer would hand this talk over. $peer talks with the person, $next would go on. RISK: consent, no pressure.
newcomer-handover = A { $peer } le gustaría que { $next } siga contigo.
# Card, heading: a peer would have a second one sit with both. RISK: consent, no pressure.
newcomer-company = A { $peer } le gustaría que { $next } se una a la plática.
# Card, under its heading. RISK: a claim, true word for word.
newcomer-unread = { $next } no puede leer nada aquí si no dices que sí.
# Card, label of a field with what the peer wrote about this talk. The person reads it first. RISK: consent. Exact words.
handover-ask = A { $peer } le gustaría contarle esto a { $next }. Cambia lo que quieras, o no compartas nada.
# Card, box to tick, never ticked before. RISK: consent to earlier words.
newcomer-past = { $next } también puede leer lo que se dijo antes.
# Card, under that choice, where a handover card was written. RISK: a claim; the past holds the card unchanged. $peer wrote it.
newcomer-past-card = Entonces { $next } también puede leer la tarjeta como la escribió { $peer }.
# Card, button: yes, and what stands in the field is told.
newcomer-share = Que entre { $next } y compartir esto
# Card, button: yes, and nothing is told.
newcomer-no-card = Que entre { $next }, sin compartir nada
# Card, button: yes.
newcomer-yes = Que entre { $next }
# Card, button: no, and no harm done.
newcomer-no = { $next } no
# Beside the card that was answered: they are not coming any more. Tone: no harm done.
newcomer-gone = Ya no va a entrar. No se compartió nada.
# Talk, top, while more than one peer reads it. $names is a list of aliases. RISK: a claim.
room-with-both = Platicas con { $names }, personas de apoyo con capacitación. No pueden ver quién eres.
# Talk, top, button: one of several peers reads no more from now on.
reader-end = Que { $peer } ya no lea
# Asked before reader-end. RISK: a claim.
reader-end-ask = Desde ahora { $peer } ya no lee nada. La plática sigue con quien se queda.
# Beside the question of reader-end, button: nothing changes.
reader-keep = { $peer } se queda
# Talk: the peer takes no new talks. Tone: plain, no blame; it may have nothing to do with this talk.
peer-paused = { $peer } no toma pláticas nuevas por ahora. Puedes quedarte o cambiar a otra persona.
# Button beside peer-paused: nothing changes.
peer-paused-stay = Quedarme con { $peer }

## What a moderator did

# Talk, outcome of a report. Tone: plain. RISK: names nobody.
outcome-talked = Alguien de moderación leyó lo que enviaste, y el equipo habló con la persona de apoyo. Puedes cambiar o quedarte.
# Talk, outcome of a report. RISK: names nobody.
outcome-paused = Alguien de moderación leyó lo que enviaste. Pedimos que esa persona no tome pláticas nuevas mientras revisamos. Puedes cambiar o quedarte.
# After a talk, outcome of a report. Tone: plain, warm.
outcome-reoffered = Alguien de moderación leyó lo que enviaste y terminó la plática con esa persona. Puedes seguir con alguien más.
# Talk, outcome of a report. RISK: a claim about a duty by law; it says what was passed on, and no more.
outcome-reported = Alguien de moderación leyó lo que enviaste. Las palabras que elegiste pueden pasarse a otra parte, porque la ley lo pide.
# Talk: a moderator asks for more words about a report. RISK: a no is fine.
more-asked = Alguien de moderación leyó lo que enviaste y pide ver más de la plática. Tú eliges qué, o nada.
# Button beside more-asked: opens the words to pick from.
more-pick = Elegir palabras
# Button beside more-asked: a no, no reason asked. In the person's own voice.
more-no = Prefiero no hacerlo
# Panel, heading over the words to pick. Only what is picked goes out.
more-title = Elige las palabras que también quieres enviar:
# Said after the person answered more-asked with words.
more-sent = Gracias. Ya lo tiene moderación.
# Said after the person answered more-asked with a no. Tone: perfectly fine.
more-refused = Está bien. No se envió nada más.
