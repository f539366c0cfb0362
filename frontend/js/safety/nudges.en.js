// The turns of phrase behind a peer's hints, in English.

/** @typedef {import("./nudge.js").Pack} Pack */

/** What may stand between "you" and "should". */
const BETWEEN = "(?:(?:really|just|probably|maybe|perhaps|definitely|absolutely|simply|only|still|also|first|then) )*";

/** Before "calm down" or "stay positive": said as a call, not asked about or told of. */
const CALLING =
  /(?:^|,|\b(?:just|please|ok|okay|hey|so|and|well|first|now|try to|try and|have to|need to|ought to|should|must|can you|could you|want you to|let's|got to|gotta|best to|better to))\s*$/;

/** Amounts that "at least" may stand before without shrinking anything. */
const AMOUNT =
  "(?:\\d|once|twice|half|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|a couple|a few|a little|a bit|an hour|(?:a|one) (?:day|week|month|year|minute|night|while|part|third|quarter)|some of|part of|as (?:much|long|many|often)|for (?:now|today|tonight|a)|every|until)\\b";

/** Before "you should": it gives back a feeling, or somebody else's words. The peer's own "I feel like" is not among them. */
const REPORTED = "(?:you|they|he|she|we|it|people)(?: \\w+)? (?:feel|feels|felt)(?: like| that| as if)?|(?:sounds?|seems?|looks?)(?: like)?|as if|tells? you|told you";

/** @type {Pack} */
export const EN = Object.freeze({
  phrases: {
    shrink: [
      { cue: new RegExp(`\\bat least (?!${AMOUNT})[a-z]`, "g"), notAfter: /\b(?:in|the very|if|even if you|does it|did it)\s*$/ },
      { cue: /\b(?:others?|other people|people|someone|somebody|some|many(?: people)?|plenty of people|they|kids|children|so many)(?: (?:out there|else|always|still|do|really|in the world|who))* (?:have|has|had|have got|got) it (?:so |much |way |far |a lot |even |just as )*(?:worse|harder|tougher|bad)\b/g },
      { cue: /\b(?:it|things|this) (?:could|can) (?:always )?(?:be|have been) (?:a lot |much |so much )?worse\b/g, notAsked: true },
      { cue: /\bcalm (?:yourself )?down\b/g, onlyAfter: CALLING },
      { cue: /\b(?:stay|be|keep|think|remain) positive\b/g, onlyAfter: CALLING },
    ],
    steer: [
      { cue: new RegExp(`\\b(?:you|u|ya) ${BETWEEN}(?:should(?:n't|nt| not)?|ought to|shoulda)\\b(?! (?:not |never )?have (?:had|been))`, "g"), notAfter: new RegExp(`\\b(?:${REPORTED}|what|how|where|who)\\s*$`) },
      {
        cue: new RegExp(`\\b(?:you|u|ya) ${BETWEEN}(?:(?:will|would|'ll) )?(?:have to|need to|have got to|got to|gotta|must)\\b(?! (?:be|feel) (?:so|very|really|exhausted|tired|hurting|scared|lonely)\\b)`, "g"),
        notAfter: new RegExp(
          `\\b(?:${REPORTED}|do|did|does|will|would|can|could|might|may|if|when|whenever|what|whatever|all|everything|anything|something|nothing|anyone|anybody|someone|somebody|where|wherever|how|why|who|as|than|until|once|unless|(?:time|times|space|help|rest|words|room|things?|ones?|way|support|care|break|moment|much|often|long|person|people|friend)(?: that)?)\\s*$`,
        ),
      },
      { cue: /\byou'(?:ll (?:have|need) to|ve got to|ve gotta)\b/g, notAfter: /\b(?:if|when|what|whatever|like|feel|feels|felt)\s*$/ },
      { cue: /\bwhy (?:don't|dont|do not|doesn't) (?:you|u|ya)\b/g, notAfter: /\b(?:know|wonder|wondering|ask|asked|asking)(?: (?:me|you|yourself))?\s*$/ },
    ],
    why: [{ cue: /\b(?:why (?:did|didn't|didnt|did not) (?:you|u|ya)|why'd (?:you|u|ya)|why did not you)\b/g, notAfter: /\b(?:ask|asked|asking|asks|saying|says) (?:yourself|you)?\s*$/ }],
    know: [
      { cue: /\bi (?:do |totally |really |so )?know (?:exactly|precisely|just)\b(?! (?:zero|nothing|one|two|what (?:you said|you wrote)))/g, notAfter: /\b(?:not that|as if|do|does|don't think|if|wish)\s*$/ },
      { cue: /\bi (?:do |totally |really |so )?know (?:how (?:you|that must|it must|this must|that makes you|it makes you) feel|how you're feeling|what you(?:'re| are) (?:going through|feeling))/g, notAfter: /\b(?:not that|as if|do|does|don't think|if|wish)\s*$/ },
      { cue: /\bi (?:totally |completely )?(?:understand|get) exactly (?:how|what)\b/g },
    ],
  },
  turn: /\bbut\b|\bthough\b|[;:]|, (?:so|and) (?!many|much)/,
  reflecting:
    /\b(?:you (?:just |also |already |often |sometimes |keep |kept |have |were )*(?:said|say|saying|wrote|mentioned|feel|feeling|felt|think|thinking|thought|hear|hearing|heard|told|tell|telling)|you're (?:told|hearing|saying|feeling|thinking)|you've (?:been told|heard|said)|i'm hearing|i hear(?! you,)|i heard|(?:sounds?|seems?|(?:it|that) (?:feels|felt)) (?:like|as if)|(?:people|they|everyone|everybody|others|family|friends|folks|he|she|someone|somebody|a voice|the thought|a thought|part of you)(?: \w+)? (?:say|says|said|saying|tell|tells|told|telling|think|thinks|thinking|that))\b/,
  plainly:
    /\bsuicid|\bkill(?:ing)? yourself|\bend(?:ing)? (?:your life|it all)|\b(?:hurt|harm)(?:ing)? (?:yourself|someone|somebody|anyone|them|him|her)|\bnot (?:want(?:ing)? )?to (?:be here|be alive|live|wake up)|\b(?:are|is|do|does|feel|be) (?:you |he |she |they |the child |anyone |everyone |it )?(?:feel )?(?:safe|in danger)|\b(?:stay|keep) (?:yourself |everyone )?safe|\b(?:taken|took) (?:something|anything|pills)|\bis it safe\b/,
  asking: /\b(?:tell me|can we talk|let's (?:talk|go back)|going back to|i'd like to (?:hear|know)|i would like to (?:hear|know)|i wonder|i'm wondering|i am wondering|say more)\b/,
  self: /\b(?:i|i'm|i've|i'd|me|my|mine|myself|we|our|us)\b/,
  notStory:
    /\b(?:i'm|i am|im) (?:hearing|here|glad|with|listening|wondering|curious|not going|in no|happy|still|around|reading|thinking|not sure|so glad|grateful)\b|\bi (?:hear|heard|wonder|understand|understood|see|can|could(?! not|n't)|appreciate|read|will|would|notice|noticed|hope|think|guess|want to|missed|may|might|believe|don't know|do not know|get that|know)\b|\b(?:i'll|i'd (?:like|love)|i was (?:wondering|thinking|hoping|curious|glad|touched|moved|reading))\b|\b(?:thank|thanks|with me|tell(?:ing)? me|ask me|let me|trust(?:ing)? me|show(?:ing)? me|sharing|let us|let's|shall we|we can|we could|we'll|between us|both of us)\b/,
  you: /\b(?:you|your|yours|yourself|you're|you've|you'd|u)\b/,
  surelyStory:
    /\b(?:in my (?:case|life|family|own)|for me,|when i (?:was|had|lost|went|started|stopped|got|felt|lived|left)|back when i|i was(?! (?:wondering|thinking|hoping|curious|about to|going to ask|glad|touched|moved|reading))|i (?:had been|used to|lost|grew up|went through|started|stopped|struggled|quit|got (?:sober|divorced|fired|help|through)|drank|lived|cried|moved)|i've (?:been|had|lost|lived)|my (?:own )?(?:mom|mother|mum|dad|father|brother|sister|husband|wife|partner|son|daughter|kids|family|boss|doctor|depression|anxiety|divorce|recovery|story|sponsor))\b/,
  common: new Set(
    `about after again also always another anything around away back been before begin being best better between biggest both
    came come comes coming could days does doing done down each early easy else even ever every everything feel feeling
    feelings feels felt find first from gave give given goes going gone good great guess happen happened happening happens hard
    have haven't having heavy hear hears heard help helped helps here home hope into just keep kept kind know knows large last lately later left less
    like likes little long look looking looks made make makes many maybe mean means might mind moment month more most much
    must name near need needs never next nice nothing often once only open other others over part parts pause people perhaps person place
    please point question questions quite rather ready really recent recently right said same says seem seems share should show since
    slowly small some somebody someone something sometimes soon sort sound sounds start started still story such sure take
    taken takes taking talk talked talking tell telling than that that's their them then there there's these they thing things think
    thinking this those though thought thoughts through time times today together told tonight took under until upon used
    very want wanted wants week weeks well went were what what's whatever when where whether which while whole whom whose will wish with
    without wonder wondering word words world would write year years yesterday you'd you'll you're you've your yours yourself`.split(/\s+/),
  ),
  stem(word) {
    const bare = word.replace(/'(?:s|re|ve|ll|d)?$/, "");
    const short = bare.replace(/(?:ing|ed|es|er|s|e)$/, "");
    return short.length >= 4 ? short : bare;
  },
});
