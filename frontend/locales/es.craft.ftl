### reviewers: none yet
### Las herramientas de quien acompaña, junto a una plática: la guía, las pistas al escribir, las notas propias.
### Voz: corta, en presente, sencilla, cálida; tú. De quien pide compañía se habla sin género.

## La guía: palabras que quedan, a su ritmo

# Encabezado de la guía cuando la persona pidió que la escuchen. Entre comillas, el nombre exacto de ese ritmo.
craft-title-listen = Guía (para “Solo escúchame”)
# Encabezado de la guía cuando la persona pidió ir despacio. Entre comillas, el nombre exacto de ese ritmo.
craft-title-slowly = Guía (para “Despacio”)
# Encabezado de la guía cuando a la persona le sirven las preguntas. Entre comillas, el nombre exacto de ese ritmo.
craft-title-ask = Guía (para “Pregúntame”)
# La guía, nombre del grupo de siete momentos de una plática; se elige uno.
craft-moment = En qué va la plática
# Un momento de la plática: su comienzo.
craft-moment-opening = Comienzo
# Un momento de la plática: ya empezó y hay más.
craft-moment-deeper = Más hondo
# Un momento de la plática: devolver lo que se oyó y preguntar si es así.
craft-moment-check = Comprobar
# Un momento de la plática: por un rato no se escribe nada.
craft-moment-quiet = Silencio
# Un momento de la plática: busca una idea.
craft-moment-ideas = Ideas
# Un momento de la plática: hizo algo que puede contar.
craft-moment-step = Un paso
# Un momento de la plática: su final.
craft-moment-close = Cierre
# La guía, botón junto a unas palabras: las pone en la respuesta, donde se pueden cambiar. Nunca envía.
craft-use = Usar
# Nombre de ese botón para el lector de pantalla. $words son las palabras de al lado. Empieza con la palabra del botón.
craft-use-these = Usar: { $words }
# Lo dice el lector de pantalla después de poner las palabras. RIESGO: que nadie crea que ya se enviaron.
craft-used = Estas palabras están en tu respuesta. No se ha enviado nada.
# La guía, en lugar de las frases cuando no se pudieron cargar. Tono: sereno.
craft-away = Las frases todavía no llegan.
# Botón: carga lo que no se pudo cargar. También en las notas.
craft-fetch = Intentar de nuevo
# La guía, parte plegada: devuelve a la persona sus propias palabras.
craft-reflect = Reflejar y comprobar
# La guía, en esa parte: qué hace.
craft-reflect-how = Sus propias palabras, de vuelta. Cámbialas como quieras.
# La guía, en esa parte, cuando todavía no ha escrito nada.
craft-reflect-none = Todavía no ha escrito.
# La guía, parte plegada: contar algo de la vida propia.
craft-own = Un poco de mi historia
# La guía, en esa parte. RIESGO: la plática es de la otra persona; una historia larga se la quita.
craft-own-how = Unas palabras tuyas pueden ayudar cuando son para la otra persona. Luego devuelve la palabra con una pregunta.

## La guía de seguridad

# La guía, botón y encabezado de la guía de seguridad: paso a paso por lo que es duro de oír.
# SEGURIDAD: se lee cuando la otra persona puede estar en peligro. Con calma.
craft-safety = Guía de seguridad
# La guía de seguridad, nombre del grupo de botones que eligen de qué trata.
craft-safety-about = De qué trata
# La guía de seguridad, cuando sus pasos no se pudieron cargar; los números están abajo. SEGURIDAD: con calma, dice qué hay.
craft-safety-away = Los pasos todavía no llegan. Los números de abajo sí están.

## Pistas al escribir, debajo del campo; una a la vez y sin estorbar

# Pista: un signo de pregunta cuando la persona pidió que la escuchen. Tono: amable, una pregunta, sin culpar.
craft-nudge-listen = Te pidió que escuches. ¿Lo vuelves un reflejo?
# Pista: dos preguntas o muchas palabras cuando la persona pidió ir despacio. Tono: amable, sin culpar.
craft-nudge-slowly = Una cosa pequeña es suficiente.
# Pista: "deberías", "tienes que", "por qué no…". Tono: amable, sin culpar.
craft-nudge-steer = Ofrece, no dirijas: “¿Te serviría una idea?”
# Pista: "por qué hiciste", "por qué no hiciste". Tono: amable, sin culpar.
craft-nudge-why = “Qué” o “cómo” llega más suave.
# Pista: "al menos", "otros la pasan peor", "cálmate", "piensa positivo". Tono: amable, una pregunta, sin culpar.
craft-nudge-shrink = ¿Esto podría achicar lo que siente?
# Pista: "sé exactamente". Las palabras entre comillas empiezan una frase sobre quien escribe. Tono: amable, sin culpar.
craft-nudge-know = Prueba: “En mi caso…”
# Pista: una historia propia larga. Tono: amable, sin culpar.
craft-nudge-story = Devuelve la palabra con una pregunta.
# Pista: se pregunta otra vez lo que la persona quiso dejar. Tono: amable, sin culpar.
craft-nudge-left = Pidió dejar este tema.
# Botón junto a una pista: esa pista no vuelve en este navegador.
craft-stop = Quitar esta pista
# En lugar de una pista que se acaba de quitar.
craft-stopped = Esta pista no vuelve en este navegador.
# Botón junto a eso: la pista puede volver.
craft-again = Que vuelva
# Debajo del campo, mientras lo escrito cuenta algo de la vida propia, y en la guía. $count es cuántas palabras, más o menos.
craft-story = { $count ->
    [0] Todavía ninguna palabra de tu historia.
    [one] Cerca de 1 palabra de tu historia.
   *[other] Cerca de { $count } palabras de tu historia. Con 40 basta.
 }
# La guía, parte plegada: cada pista con su interruptor.
craft-hints = Pistas mientras escribes
# La guía, en esa parte: qué hacen y qué no. RIESGO: quien acompaña puede temer que lo vigilen.
craft-hints-how = Se calculan en este navegador. Nadie las ve ni las cuenta.

## Notas propias

# La guía, parte plegada y nombre del campo: notas sobre esta plática, solo para quien las escribe.
craft-notes = Notas (solo tú)
# Notas, arriba del campo: quién las puede leer y cuándo se van. RIESGO: que nadie crea que se quedan.
craft-notes-why = Solo tú puedes abrirlas. Se van cuando sales de esta plática o cuando la plática se borra.
# Notas, mientras se cargan.
craft-notes-opening = Abriendo tus notas.
# Notas, cuando no se pudieron cargar. Entonces no se puede escribir, para que nada se pierda.
craft-notes-unread = Tus notas no se pudieron abrir.
# Notas, todo lo escrito está guardado.
craft-notes-kept = Guardadas.
# Notas, algo se escribió y todavía no se guarda; se guardará por sí solo.
craft-notes-writing = Todavía sin guardar.
# Notas, se están guardando en este momento.
craft-notes-keeping = Guardando.
# Notas, el servicio no contesta. Tono: nada se pierde.
craft-notes-unkept = El servicio no contesta. Tus notas siguen aquí, todavía sin guardar.
# Botón junto a eso: lo intenta otra vez.
craft-notes-try = Guardarlas ahora
# Notas, la misma persona las cambió en otra página.
craft-notes-elsewhere = Estas notas cambiaron en otra página. Copia de aquí lo que necesites y luego abre lo que está guardado.
# Botón junto a eso: muestra las notas de la otra página en lugar de estas.
craft-notes-again = Abrir lo guardado
# Notas, hay más de lo que cabe. Tono: nada se pierde, dice qué hacer.
craft-notes-full = Es más de lo que cabe. Quita algunas palabras y el resto se guarda.
