// What holds on every page in every state (product rules A1, A5, A8 to A12). Each check returns one line for each place
// where it does not. tests/browser/checks.py runs them in the page.
;(() => {
  const TARGETS = 'button, a[href], input, textarea, select, summary, [role="tab"], [role="switch"], [role="button"]'
  const SMALLEST = 44

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
        ]
      })
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
