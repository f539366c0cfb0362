// Runs before the page's own scripts. Presses Start as soon as something answers to it, types a letter as soon as there
// is a field, and tells __usable when the promise could be read and when the field took the letter: milliseconds since
// the page was asked for, and that start since 1970. tests/pages/slow_link.py hears it.
(() => {
  const START = 'Start when you are ready'
  let parsed = null
  let painted = null
  let usable = null
  const tell = () => {
    if (parsed === null || painted === null || usable === null) return
    window.__usable({ promise: Math.max(parsed, painted), composer: usable, origin: performance.timeOrigin })
  }
  const look = new MutationObserver(() => {
    if (!document.querySelector('#promise + ul li:last-child')) return
    look.disconnect()
    parsed = performance.now()
  })
  look.observe(document, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    const first = list.getEntriesByName('first-contentful-paint')[0]
    if (first) painted = first.startTime
    tell()
  }).observe({ type: 'paint', buffered: true })
  const press = setInterval(() => {
    const field = document.querySelector('main textarea')
    if (!field?.checkVisibility()) {
      for (const each of document.querySelectorAll('button')) if (each.textContent.trim() === START) each.click()
      return
    }
    if (field.value === '') {
      field.focus()
      document.execCommand('insertText', false, 'h')
    }
    // The view has drawn itself again when the next frame comes, and the letter must still stand there.
    const typed = performance.now()
    clearInterval(press)
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (field.isConnected && field.value === 'h') usable = typed
      tell()
    }))
  }, 20)
})()
