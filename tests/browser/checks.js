// What holds on every page in every state (product rules A1, A5, A8 to A12, A14, B8 and B10). Each check returns one line for each place
// where it does not. tests/browser/checks.py runs them in the page.
;(() => {
  const TARGETS = 'button, a[href], input, textarea, select, summary, [role="tab"], [role="switch"], [role="button"]'
  const SMALLEST = 44
  /** Of a window that is 320 px wide and 640 px high: more would leave too little of the words. */
  const DOCK = 0.35

  /** Words that time, count, watch or score somebody, by the language of the page. @type {Record<string, RegExp>} */
  const WATCHING = {
    en: /\btyping\b|\bseen\b|is online|count ?down|\bseconds\b|\d[\u2069\s]+second\b|remaining|\bstreaks?\b|days in a row|\bpoints\b|\bscores?\b|\bbadges?\b|\d:\d\d:\d\d/gi,
    es: /está escribiendo|última vez|\bvist[oa]s?\b|está en línea|cuenta (atrás|regresiva)|\bsegundos\b|\d[\u2069\s]+segundo\b|restantes?|\brachas?\b|días seguidos|puntuación|\bpuntos\b|insignias?|\d:\d\d:\d\d/gi,
  }
  /** What is never counted for somebody who came to talk. @type {Record<string, RegExp>} */
  const COUNTED = {
    en: /\d[\u2069\s]+(messages?|words?|steps?|lines?|talks?|visits?)\b/gi,
    es: /\d[\u2069\s]+(mensajes?|palabras?|pasos?|líneas?|conversaci\w+|visitas?)\b/gi,
  }

  /** @param {Element} element */
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  /** @param {Element} element */
  const name = (element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ')
    return `<${element.localName} class="${element.className}"> ${words.slice(0, 50)}`
  }
  /** @param {string} selector @param {ParentNode} [inside] */
  const visible = (selector, inside = document) => [...inside.querySelectorAll(selector)].filter(isVisible)
  /** A hidden box of a pixel or two, for screen readers, or for who tabs to it. @param {Element} element */
  const isForEarsAlone = (element) => {
    const box = element.getBoundingClientRect()
    return box.width <= 2 || box.height <= 2
  }
  /** A link inside a sentence takes the height of its line. @param {Element} element */
  const isInASentence = (element) =>
    element.localName === 'a' &&
    getComputedStyle(element).display === 'inline' &&
    [...(element.parentElement?.childNodes ?? [])].some((node) => node.nodeType === 3 && node.textContent?.trim())
  /** What is pressed: a box to tick is as large as its label. @param {Element} element */
  const pressed = (element) => {
    const boxes = [element, ...(/** @type {HTMLInputElement} */ (element).labels ?? [])].map((each) => each.getBoundingClientRect())
    const left = Math.min(...boxes.map((box) => box.left))
    const top = Math.min(...boxes.map((box) => box.top))
    return { width: Math.max(...boxes.map((box) => box.right)) - left, height: Math.max(...boxes.map((box) => box.bottom)) - top }
  }

  /** Whether one sees all of it, and a finger reaches its middle. @param {Element} element */
  const isInReach = (element) => {
    const box = element.getBoundingClientRect()
    const inside = box.left >= -0.5 && box.top >= -0.5 && box.right <= innerWidth + 0.5 && box.bottom <= innerHeight + 0.5
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    return inside && top !== null && (element.contains(top) || top.contains(element))
  }
  /** How something looks that can be chosen, in what is left where the page's colours are gone. @param {Element} element */
  const look = (element) => {
    const { borderTopWidth, borderTopStyle, borderTopColor, borderBottomWidth, backgroundColor, color, outlineStyle, textDecorationLine } = getComputedStyle(element)
    return [borderTopWidth, borderTopStyle, borderTopColor, borderBottomWidth, backgroundColor, color, outlineStyle, textDecorationLine].join()
  }

  window.checks = {
    /** A1 */
    logs() {
      return visible('[role="log"]').flatMap((log) => [
        ...(log.localName === 'div' ? [] : [`the log is a ${log.localName}`]),
        ...(log.getAttribute('aria-live') === 'off' ? [] : ['the log speaks by itself']),
        ...(log.getAttribute('tabindex') === '0' ? [] : ['the log takes no focus']),
        ...(log.querySelector(':scope > ol') ? [] : ['the log has no list']),
      ])
    },

    /** A2: one polite voice, and nothing that speaks in, or round, what was said. */
    voices() {
      const voices = document.querySelectorAll('.announcer[aria-live="polite"]')
      const live = [...document.querySelectorAll('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"]')]
      return [
        ...(voices.length === 1 ? [] : [`${voices.length} polite voices`]),
        ...live.filter((each) => each.closest('[role="log"]') || each.querySelector('[role="log"]')).map((each) => `speaks with the log: ${name(each)}`),
        ...live.filter((each) => each.getAttribute('role') === 'alert' || each.getAttribute('aria-live') === 'assertive').map((each) => `interrupts: ${name(each)}`),
      ]
    },

    /** A5 */
    tabStops() {
      return [...document.querySelectorAll('[tabindex]')]
        .filter((each) => Number(each.getAttribute('tabindex')) > 0)
        .map((each) => `has a place of its own in the tab order: ${name(each)}`)
    },

    /** A8 */
    width() {
      const { scrollWidth } = document.documentElement
      if (scrollWidth <= innerWidth) return []
      const out = visible('body *').filter((each) => {
        const box = each.getBoundingClientRect()
        return box.right > innerWidth + 1 || box.left < -1
      })
      return [`${scrollWidth} px in a window of ${innerWidth}`, ...out.slice(0, 5).map((each) => `sticks out: ${name(each)}`)]
    },

    /** A8: nothing is cut off. */
    clipped() {
      return visible('body *:not(input[type="file"])')
        .filter((each) => !isForEarsAlone(each) && !each.closest('[role="log"]'))
        .filter((each) => {
          const { overflowX, overflowY } = getComputedStyle(each)
          const wide = overflowX !== 'visible' && overflowX !== 'auto' && overflowX !== 'scroll'
          const high = overflowY !== 'visible' && overflowY !== 'auto' && overflowY !== 'scroll'
          return (wide && each.scrollWidth > each.clientWidth + 1) || (high && each.scrollHeight > each.clientHeight + 1)
        })
        .map((each) => `is cut off: ${name(each)}`)
    },

    /** A9 */
    targets() {
      return visible(TARGETS)
        .filter((each) => !isForEarsAlone(each) && !isInASentence(each))
        .flatMap((each) => {
          const { width, height } = pressed(each)
          const small = width < SMALLEST - 0.5 || height < SMALLEST - 0.5
          return small ? [`${Math.round(width)}×${Math.round(height)} px: ${name(each)}`] : []
        })
    },

    /** A10: what one can press, and what was said, has an edge where the page's colours are gone. */
    edges() {
      // The browser draws the button of a field for files by itself.
      return visible('button, .note, .chip, input:not([type="file"]), textarea, select, [role="tab"]')
        .filter((each) => !isForEarsAlone(each))
        .filter((each) => {
          const style = getComputedStyle(each)
          const sides = ['inline-start', 'inline-end', 'block-start', 'block-end']
          return !sides.some((side) => {
            const width = parseFloat(style.getPropertyValue(`border-${side}-width`))
            return width >= 1 && style.getPropertyValue(`border-${side}-style`) !== 'none'
          }) && style.textDecorationLine !== 'underline' && style.appearance === 'none'
        })
        .map((each) => `has no edge: ${name(each)}`)
    },

    /** A10: what is chosen looks otherwise than what is not, where the page's colours are gone. */
    chosen() {
      return visible('[aria-pressed="true"], [aria-selected="true"]').filter((each) => {
        const state = each.hasAttribute('aria-pressed') ? 'aria-pressed' : 'aria-selected'
        const on = look(each)
        each.setAttribute(state, 'false')
        const off = look(each)
        each.setAttribute(state, 'true')
        return on === off
      }).map((each) => `looks as if it were not chosen: ${name(each)}`)
    },

    /** A10: with less motion nothing moves. */
    motion() {
      return document.getAnimations().map((each) => `moves: ${/** @type {any} */ (each).animationName ?? 'a transition'}`)
    },

    /** A11 and A12: what people wrote keeps its own direction, and each message says whose it is. */
    messages() {
      const items = visible('[role="log"] > ol > li')
      return items.flatMap((item) => {
        const words = [...item.querySelectorAll('[dir="auto"], bdi')]
        return [
          ...(words.length ? [] : [`has no direction of its own: ${name(item)}`]),
          ...(item.textContent?.trim() ? [] : ['is empty']),
          ...(item.matches('.entry-note') || item.querySelector('.speaker')?.textContent?.trim() ? [] : [`says not whose it is: ${name(item)}`]),
        ]
      })
    },

    /** A11: what one writes takes its direction from its own words; a code and a sign-in name are Latin in every language. */
    fields() {
      return visible('textarea, input[type="text"], input:not([type])')
        .filter((each) => !['auto', 'ltr'].includes(each.getAttribute('dir') ?? ''))
        .map((each) => `has no direction of its own: ${name(each)} ${each.id}`)
    },

    /** A14: what is drawn has words for who does not see it. */
    pictures() {
      return visible('[role="log"] svg, .preview svg')
        .filter((each) => !each.closest('[aria-hidden="true"]') && !(each.getAttribute('role') === 'img' && each.getAttribute('aria-label')))
        .map((each) => `is drawn without words: ${name(each)}`)
    },

    /** B10, folded parts and what is read out included. */
    watching() {
      const { lang } = document.documentElement
      const spoken = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
        .flatMap((each) => ['aria-label', 'title', 'placeholder', 'alt'].map((attribute) => each.getAttribute(attribute) ?? ''))
      const words = [...document.querySelectorAll('body *')]
        .flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? ''))
      const all = [...words, ...spoken].join('\n')
      const patterns = [WATCHING[lang], ...(location.pathname === '/' ? [COUNTED[lang]] : [])].filter((each) => each !== undefined)
      return [
        ...patterns.flatMap((pattern) => all.match(pattern) ?? []).map((found) => `says "${found}"`),
        ...[...document.querySelectorAll('time, progress, meter, [role="timer"], [role="progressbar"], [role="meter"]')].map((each) => `measures: ${name(each)}`),
      ]
    },

    /** B8 and A8: whatever is open, the pace is in view, and at 320×640 enough of the talk beside it. */
    dock() {
      return visible('.dock').flatMap((dock) => {
        const chip = dock.querySelector('.pace-chip')
        const share = dock.getBoundingClientRect().height / innerHeight
        return [
          ...(chip && isInReach(chip) ? [] : ['the pace is not in view']),
          ...(innerWidth > 320 || share <= DOCK ? [] : [`the dock takes ${Math.round(100 * share)} %`]),
        ]
      })
    },

    /** A8, with the keyboard of a phone open: one sees what one writes, and can leave. */
    writing() {
      const field = /** @type {HTMLTextAreaElement | undefined} */ (visible('.composer-field')[0])
      if (!field || field.disabled) return []
      const before = { focused: /** @type {HTMLElement | null} */ (document.activeElement), top: scrollY }
      field.focus()
      field.scrollIntoView({ block: 'nearest' })
      const lost = [...visible('a.leave').filter((each) => !isForEarsAlone(each)), field].filter((each) => !isInReach(each))
      before.focused?.focus({ preventScroll: true })
      scrollTo(0, before.top)
      return lost.map((each) => `is out of view while one writes: ${name(each)}`)
    },

    /** A11 and A12 */
    language() {
      const { lang, dir } = document.documentElement
      return [...(lang ? [] : ['no language']), ...(dir === 'ltr' || dir === 'rtl' ? [] : [`direction "${dir}"`])]
    },

    /** One page, one first heading, in order; and no window over the page. */
    shape() {
      return [
        ...(visible('h1').length === 1 ? [] : [`${visible('h1').length} main headings`]),
        ...visible('dialog, [aria-modal="true"]').map((each) => `stands over the page: ${name(each)}`),
        ...(document.title === 'Beside' ? [] : [`the title is "${document.title}"`]),
      ]
    },
  }
})()
