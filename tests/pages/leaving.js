// Once Leave now is pressed: tells __blank how long it took until a frame without words, in milliseconds since the
// press, and what was still on the page then. tests/pages/leaving.py hears it.
() => {
  document.addEventListener('click', ({ timeStamp }) => {
    const look = () => requestAnimationFrame(() => {
      const page = document.documentElement
      if (!page.hidden && document.body.textContent !== '') return look()
      // The first task after a frame: that frame is on its way to the screen.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => window.__blank({ took: performance.now() - timeStamp, words: document.body.textContent.length })
      port2.postMessage(null)
      return undefined
    })
    look()
  }, { capture: true, once: true })
}
