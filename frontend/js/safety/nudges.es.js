// The turns of phrase behind a peer's hints, in Spanish as it is written in Mexico, Central America and the United
// States: tú, vos and usted, with accents or without.

/** @typedef {import("./nudge.js").Pack} Pack */

/** Amounts that "al menos" may stand before without shrinking anything. */
const AMOUNT =
  "(?:\\d|un par|una? (?:vez|persona|hora|dia|semana|mes|ano|minuto|rato|poco|parte|noche|tercio)|una vez|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|media|medio|algunas?|algunos|unos|unas|por (?:ahora|hoy|esta)|hasta|cada|parte)\\b";

/** Pronouns that may stand before a verb. */
const ME = "(?:(?:me|te|le|les|lo|la|los|las|se|nos) ){0,2}";

/** Not a call: "no tienes que", "lo que necesitas", "si debes". */
const LETTING = /(?:(?:^|\b(?:a|de|con|para|y|en|sabes|sabe|decir|dime|entiendo|todo|algo|alguien|nada|cosas?|tiempo|ayuda|espacio|apoyo|palabras)) ?(?:¿\s*)?que|\b(?:no|nunca|tampoco|ni|lo que|los que|las que|si|cuando|como|donde|cuanto|todo cuanto|mientras|sientes? que|(?:tiempo|ayuda|espacio|apoyo|cosas?) que))\s*$/;

/** @type {Pack} */
export const ES = Object.freeze({
  phrases: {
    shrink: [
      { cue: new RegExp(`\\b(?:al|por lo) menos (?!${AMOUNT})[a-z]`, "g"), notAfter: /\b(?:si|cuando)\s*$/ },
      { cue: /\b(?:otr[oa]s?(?: personas)?|gente|personas|muchos|muchas|algunos|quien|quienes|los demas|alguien)(?: (?:que|siempre|si|de verdad|en el mundo|hay|tambien))* (?:la |lo )?(?:pasan?|esta|estan|tienen?|viven?|sufren?|la tienen|andan?|estan pasando|estan viviendo) (?:mucho |aun |todavia |muchisimo |algo |cosas )*peor(?:es)?\b/g },
      { cue: /\b(?:podria|puede|pudo|pudiera) (?:ser|estar|haber sido|irte) (?:mucho |aun |todavia )?peor\b/g },
      { cue: /\b(?:hay|tanta) (?:gente|personas) peor(?:es)?\b/g },
      { cue: /\b(?:calmate|calmese|tranquilizate|tranquilicese|calma te)\b/g },
      { cue: /\b(?:se positiv[oa]|mantente positiv[oa]|mantenete positiv[oa]|piensa (?:en )?positivo|pensa (?:en )?positivo|(?:manten|ten|tene) una (?:actitud|mente) positiva|echale ganas)\b/g },
      { cue: /\bno es para tanto\b/g },
    ],
    steer: [
      { cue: /\b(?:deberias|debieras|tendrias que)\b/g, notAfter: /\b(?:como|sientes? que|lo que|dicen que|si)\s*$/ },
      { cue: /\b(?:debes(?! (?:de |estar|sentirte|haber))|tienes que|tenes que|tendras que|vas a tener que|necesitas [a-z]*(?:ar|er|ir)(?:me|te|se|lo|la|le|los|las|les|nos){0,2}\b)/g, notAfter: LETTING, notAsked: true },
      { cue: /\busted (?:deberia|debe|tiene que|tendria que|necesita [a-z]*(?:ar|er|ir)(?:se|lo|la|le|los|las|les){0,2}\b)/g, notAfter: LETTING },
      {
        cue: new RegExp(
          `\\bpor ?que no ${ME}(?!(?:puedes|podes|quieres|queres|estas|tienes|tenes|eres|sabes|sos|antes|entonces|ellas|ambas|nosotras|las|mas|tras|jamas|es|les|tres|hablemos|vamos)\\b)[a-z]+(?:as|es|is)\\b`,
          "g",
        ),
        notAfter: /\b(?:se|sabes|saber|pregunto|preguntas|dijiste|decir|explicar)\s*$/,
      },
    ],
    why: [
      {
        cue: new RegExp(`\\bpor ?que (?:no )?${ME}(?!(?:insiste|existe|consiste|asiste|resiste|persiste|desiste|triste|este|gaste|baste|viste de)\\b)[a-z]+(?:aste|iste)s?\\b`, "g"),
        notAfter: /\b(?:sabes|saber|pregunto|preguntaste|decir|decirme|explicar|explicarme)\s*$/,
      },
      { cue: /\bpor ?que (?:no )?(?:lo |la |le |te |se )*fuiste\b/g, notAfter: /\b(?:sabes|decir|decirme|explicar)\s*$/ },
    ],
    know: [
      { cue: /\bse (?:exactamente|perfectamente|muy bien|justo|precisamente) (?:como|lo que|que|por lo que|cuanto)\b/g, notAfter: /\b(?:no|nunca|tampoco|ni|si|nadie|quien|como si)\s*$/ },
      { cue: /\bse (?:como te sientes|como se siente usted|lo que sientes|lo que estas (?:pasando|sintiendo|viviendo)|por lo que (?:estas pasando|pasas))\b/g, notAfter: /\b(?:no|nunca|tampoco|ni|si|nadie|quien|como si)\s*$/ },
      { cue: /\b(?:te )?(?:entiendo|comprendo) (?:exactamente|perfectamente) (?:como|lo que|por lo que)\b/g, notAfter: /\b(?:no|nunca|tampoco|ni|si)\s*$/ },
    ],
  },
  turn: /\bpero\b|\baunque\b|[;:]|(?=¿)|, asi que\b/,
  reflecting:
    /\b(?:(?:me |te |nos )?(?:dices|decis|dijiste|has dicho|cuentas|contaste|escribes|escribiste|mencionaste|sientes|sentis|sentiste|crees|piensas|pensaste|escuchas|oyes|repites)|te (?:dicen|digan|dijeron|decian|repiten|han dicho|dice|dijo|repetian)|(?:la gente|todos|otros|tu (?:familia|mama|papa|madre|padre|pareja|jefe|jefa)) (?:te )?(?:dice|dicen|dijo|dijeron|piensa|piensan|cree|creen)|escucho que|te escucho decir|suena (?:a|como)|parece que|una voz|la idea de|eso de)\b/,
  plainly:
    /\bsuicid|\bmatarte|\bmatarse|\bquitarte la vida|\bquitarse la vida|\bacabar con (?:tu vida|todo)|\b(?:hacerte|hacerse|hacerle|hacerles) dano|\b(?:lastimarte|lastimarse|lastimar a|herirte)\b|\bno (?:quieres|querer|quisieras|queres) (?:vivir|estar aqui|estar viv[oa]|despertar)|\b(?:a salvo|en peligro|segur[oa] (?:aqui|ahi|ahora|en este momento|para ti)|es seguro)\b|\b(?:tomaste|has tomado|tomado) (?:algo|pastillas)/,
  asking: /\b(?:cuentame|contame|cuenteme|dime|decime|digame|hablame|hableme|quisiera (?:saber|oir|escuchar)|me gustaria (?:saber|oir|escuchar)|me pregunto|volvamos a|hablemos de|podemos hablar)\b/,
  // Accents are kept where one's own story is told: "perdí" is "I lost", "perdi" may be anything.
  self: /(?:^|[^\p{L}])(?:yo|mi|mis|mí|mío|mía|conmigo|nosotros|nosotras|nos|nuestr[oa]s?|me|fui|estuve|tuve|hice|pude|quise|supe|vine|dije|puse|soy|era yo|(?!(?:qué|sé|sí|aquí|allí|así|ahí|porqué|esté|té|dé|café|josé|mí|casi)(?:$|[^\p{L}]))\p{L}{2,}[éí])(?=$|[^\p{L}])/u,
  notStory:
    /(?:^|[^\p{L}])(?:me (?:cuentas|contaste|contás|contarías|cuentes|cuenta|dices|decís|dijiste|digas|dirías|escribes|escribiste|gustaría|alegra|pregunto|imagino|importa|parece|quedo|pides|pediste|quieres|quieras|ayudas|ayudaría|doy cuenta)|te (?:escucho|leo|entiendo|creo|acompaño|agradezco|leí|escuché|entendí)|estoy (?:aquí|acá|contigo|con vos|escuchando|leyendo)|aquí estoy|sigo (?:aquí|acá|contigo)|entiendo|entendí|escuché|escucho|leí|noto|noté|creo que|conmigo|gracias|podemos|nos (?:podemos|quedamos|sentamos)|nuestra (?:charla|plática|conversación)|quédate|acompañarte|esperaré|estaré|leeré)(?=$|[^\p{L}])/u,
  you: /(?:^|[^\p{L}])(?:tu|tú|te|ti|tus|tuy[oa]s?|contigo|vos|usted|su|sus)(?=$|[^\p{L}])/u,
  surelyStory:
    /(?:^|[^\p{L}])(?:en mi (?:caso|vida|familia|propia)|cuando yo|a mí (?:me|también)|yo (?:era|estaba|tenía|perdí|pasé|viví|crecí|dejé|estuve|tuve|fui|también)|(?:perdí|crecí|viví|estuve|pasé por|me divorcié|dejé de (?:beber|tomar|usar|fumar)|bebía|me costó)|mi (?:mamá|papá|madre|padre|hermano|hermana|esposo|esposa|pareja|hijo|hija|familia|jefe|jefa|depresión|ansiedad|divorcio|recuperación|historia|terapeuta))(?=$|[^\p{L}])/u,
  common: new Set(
    `abajo acaso acerca adelante ademas ahora algo alguien algun alguna algunas alguno algunos alla alli ambos ante antes aqui
    arriba asi aun aunque ayer ayuda ayudar ayudaria ayudarte bien bueno buena cada casi como con contar contarme contra cosa cosas creo crees cual cuales cualquier
    cuando cuanta cuanto cuenta cuentame cuentas dar dato debe decir decirme deja dejar del demas dentro desde despues dia dias dice dices dificil dijiste dime
    donde dos durante ella ellas ellos empezar empieza entonces entre eres esa esas ese esos esta estaba estado estan estar estas este esto estos estuvo
    facil fue fueron fuera fuerte gente gracias gran grande gusta gustaria haber habia hablar hablarme hablas hablemos hace hacer haces hacia hasta hay haya hecho hicieron hiciste hizo hola
    hora horas hoy igual junto juntos largo leve llama llamar llega lugar luego mas mayor mejor menos mes meses mientras mismo misma momento mucha muchas mucho muchos muy nada nadie
    ninguna ninguno noche nombre nos nosotros nuestro nueva nuevo nunca otra otras otro otros paciencia para parece parte pasa pasado pasando pasar pasaste paso pausa peor pensamientos pensar pequena pequeno pero persona
    personas pesa pesado piensas poco poder podemos podria por porque pregunta preguntas primera primero pronto pueda puede puedes pues punto puso quedar quien quienes quiere
    quieres quisieras quizas rato realmente saber sabes sea segun seguir segura seguro semana semanas sentir sentiste sera seria siempre siente sientes siguiente sino siquiera
    sobre solo somos sonar suena sus suya tal tambien tampoco tanto tarde tener tengo tenido teng tenias tiempo tiene tienes tipo toda todas todavia todo todos tomar
    tras tuvo tuya ultima ultimamente ultimo una unas uno unos usted vamos varias varios veces vemos ver verdad vez vida viene vivir volver voy ya`.split(/\s+/),
  ),
  stem(word) {
    const short = word.replace(/(?:cion|ciones)$/, "c").replace(/(?:ando|iendo|aron|ieron|aste|iste|[aeio]s?)$/, "");
    return short.length >= 4 ? short : word;
  },
});
