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
