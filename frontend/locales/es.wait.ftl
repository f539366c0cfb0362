### reviewers: none yet
### La sala de espera y “Mirar primero”: la segunda parte de la página de quien viene a hablar.
### Voz: tú, frases cortas, presente. Sin “debes”, sin disculpas, sin signos de exclamación. Neutral en género.

## La espera, cuando no se puede decir en minutos

# Sala de espera, fuera de horario. Honesto, en calma. $when es un día y una hora de este aparato.
wait-closed-until = Ahora está cerrado. Abrimos el { DATETIME($when, weekday: "long", hour: "numeric", minute: "2-digit") }, hora tuya. Puedes escribir una nota o usar Ayuda ya.
# Sala de espera, fuera de horario, sin saber cuándo abre.
wait-closed = Ahora está cerrado. Puedes escribir una nota o usar Ayuda ya.
# Sala de espera, no hay nadie del equipo. Honesto, sin promesa.
wait-nobody = Ahora no hay ninguna persona de apoyo. No sabemos cuánto tardará. Puedes esperar o dejar una nota.
# Sala de espera, no hay nadie que hable este idioma. $language es el nombre de un idioma.
wait-nolang = Ahora no hay nadie que hable { $language }. Puedes dejar una nota en { $language } o hablar en otro idioma.
# Sala de espera, debajo de wait-nolang: botón que cambia a un idioma que alguien habla ahora.
wait-other-language = Hablar en { $language }
# Sala de espera, fila larga. $min es un número entero de minutos. Honesto, sin promesa.
wait-long = Hay mucha gente, y puede tardar más de { $min } minutos. Puedes esperar, dejar una nota o volver con tu código.
# Sala de espera, fila larga, cuando ni eso se sabe.
wait-busy = Hay mucha gente, y no sabemos cuánto tardará. Puedes esperar, dejar una nota o volver con tu código.

# Sala de espera, botón al borde de la pantalla para quien está más abajo: llegó alguien. Lleva hasta arriba.
meet-show = { $peer } está aquí. Ver

## Una nota

# Sala de espera, tarjeta junto al campo, sin nada escrito. RIESGO: es una promesa.
note-here = Lo que escribes aquí es tu nota. La guardamos, y una persona de apoyo te contesta aquí.
# Lo mismo, con palabras ya en el servidor. RIESGO: es una promesa. Tono: está en buenas manos.
note-kept = Tenemos tu nota. Una persona de apoyo te contesta aquí.
# Tarjeta de la nota. RIESGO: es una promesa, traducir exacto. $days es un número entero.
note-locked = Está cerrada con llave para nuestras personas de apoyo y se guarda hasta { $days } días.
# Tarjeta de la nota: la oferta del código está en la misma pantalla. RIESGO: sin el código nadie vuelve a ella.
note-code = Puedes cerrar esta página. Tu código te trae de vuelta a la respuesta. Está más abajo.
# Lo mismo, cuando el código ya se mostró. RIESGO: sin el código nadie vuelve a ella. Más es el nombre de un botón.
note-code-shown = Puedes cerrar esta página. Tu código te trae de vuelta a la respuesta. Lo encuentras en Más.
# Lo mismo, si la persona no quiere código. RIESGO: honesto.
note-no-code = Sin tu código, la respuesta solo se puede leer mientras esta página siga abierta. El código está en Más.
# Lo mismo, después de recargar, cuando ya no se conoce el código. RIESGO: honesto.
note-code-gone = Si anotaste tu código, te trae de vuelta a la respuesta. Si no, deja esta página abierta.

## Cómo empezar y con quién

# Sala de espera, sección que se abre. Nada en ella es obligatorio.
start-title = ¿Cómo te gustaría empezar? Puedes saltarte esto.
# En la sección, encima de tres ritmos.
start-pace = El ritmo que te gustaría
# Ritmo, con la voz de la persona. Uno de tres.
start-listen = Solo escúchame. Escribiré cuando pueda.
# Ritmo, el que vale si no se elige nada.
start-slowly = Despacio. Una cosa pequeña a la vez.
# Ritmo.
start-ask = Pregúntame. Las preguntas me ayudan.
# En la sección, encima de cinco respuestas.
need-title = ¿Qué te ayudaría hoy?
# Respuesta a need-title.
need-heard = Que me escuchen
# Respuesta a need-title.
need-ideas = Ideas
# Respuesta a need-title.
need-facts = Datos o lugares adonde ir
# Respuesta a need-title.
need-company = Compañía por un rato
# Respuesta a need-title, la que vale si no se elige nada.
need-unsure = Todavía no sé
# En la sección, nombre de un campo que puede quedar vacío. RIESGO: no se quiere un nombre real.
call-me = ¿Cómo quieres que te llamen aquí? Sirve cualquier palabra. Puedes saltarte esto.
# En la sección, debajo de las opciones. RIESGO: es una promesa.
start-sealed = Tu persona de apoyo lo ve cuando llega. Va cerrado con llave, igual que tus palabras.
# Sala de espera y después de una plática, sección con deseos. Nada en ella es obligatorio.
wish-title = ¿Con quién te gustaría hablar? Puedes saltarte esto.
# Deseos, cuando la página se cargó de nuevo durante la espera. RIESGO: una afirmación.
wish-before = Lo que elegiste antes sigue en pie. Esta página ya no lo sabe. Si eliges aquí, cuenta eso en su lugar.
# En la sección, encima de nombres de idiomas, cada uno en su propia escritura.
wish-language = Mi idioma
# En la sección, encima de la lista de temas.
wish-topics = Cosas que me preocupan
# En la sección, encima de la misma lista de temas.
wish-lived = Alguien que ha vivido esto
# En la sección, encima de cada lista de temas. $most es un número entero.
wish-most = Puedes elegir hasta { $most }.
# En la sección. RIESGO: es una promesa, traducir exacto.
wish-use = Usamos esto solo para encontrar una persona de apoyo. Lo borramos cuando llega. Si buscas a alguien más, esta página pregunta otra vez.
# En la sección. Honesto, sin promesa.
wish-honest = Lo intentaremos. Si nadie coincide, te saluda la próxima persona libre y tú decides.
# Después de una plática y al volver, encima de dos respuestas. RIESGO: sin presión.
back-peer = { $peer } está hoy. ¿Quieres hablar con { $peer } o con cualquiera?
# Respuesta a back-peer.
back-ask = Con { $peer }
# Respuesta a back-peer, la que vale si no se elige nada.
back-anyone = Con cualquiera

## Mientras se espera

# Sala de espera, opción: la pantalla no se apaga.
wait-awake = Dejar la pantalla encendida mientras espero
# Sala de espera, debajo de wait-awake, si el aparato no lo permite, por ejemplo con poca batería.
wait-awake-no = Tu aparato no lo permite ahora.
# Sala de espera, opción. RIESGO: otras personas cerca pueden oírlo, por eso empieza apagado.
wait-sound = Tocar un sonido suave cuando llegue una persona de apoyo
# Sala de espera, sección con tres cosas para hacer.
while-title = Mientras esperas
# Botón en la sección: escribir o dibujar para sí.
while-write = Escribir
# Botón en la sección: temas ligeros para empezar.
while-light = Algo ligero
# Botón en la sección, y sección en “Mirar primero”: respirar con una figura.
while-breathe = Respirar
# Encima de los botones Mi página y Dibujar. RIESGO: es una promesa.
while-own = Escribe o dibuja primero para ti. Solo tú lo ves. Después puedes compartir una parte, o nada.
# Algo ligero, título de cinco botones; un toque pone el comienzo de una frase en el campo.
light-title = Cosas más ligeras para hablar
# Tema ligero, botón. “Tú” es quien espera.
light-food = Una comida que te sabe a hogar
# Lo que un toque en light-food pone en el campo. Con la voz de la persona, sigue después.
light-food-start = Una comida que me sabe a hogar:
# Tema ligero, botón.
light-view = Algo que ves desde donde estás
# Lo que un toque en light-view pone en el campo.
light-view-start = Algo que veo desde aquí:
# Tema ligero, botón.
light-song = Una canción que no se te va de la cabeza
# Lo que un toque en light-song pone en el campo.
light-song-start = Una canción que no se me va de la cabeza:
# Tema ligero, botón.
light-animal = Un animal en el que confías
# Lo que un toque en light-animal pone en el campo.
light-animal-start = Un animal en el que confío:
# Tema ligero, botón. El clima es cómo se siente uno.
light-weather = Tu clima por dentro hoy
# Lo que un toque en light-weather pone en el campo.
light-weather-start = Mi clima por dentro hoy:
# Respirar. SEGURIDAD: respirar puede empeorar el pánico o los recuerdos; la salida está al lado. En calma, sin órdenes.
breathe-offer = Respira con una figura. Para cuando quieras. Si te hace sentir peor, mira a tu alrededor y nombra cinco colores.
# Respirar, botón.
breathe-start = Empezar
# Respirar, botón.
breathe-stop = Parar
# Respirar, la única palabra en pantalla mientras la figura crece. Inhalar.
breathe-in = inhala
# Respirar, la única palabra en pantalla mientras la figura se achica. Exhalar.
breathe-out = exhala

## Mirar primero

# Mirar primero, título de lo que se puede leer y probar ahí.
look-tries = Cosas que puedes leer o probar ahora
# Mirar primero, sección: preocupaciones sobre pedir ayuda y lo que se sabe.
look-facts = Lo que se dice y lo que es cierto
# Mirar primero, y Algo ligero en la sala de espera, sección: historias de personas.
look-stories = Historias
# Mirar primero, sección con Mi página y Dibujar.
look-own = Escribir o dibujar
