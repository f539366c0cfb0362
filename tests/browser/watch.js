// Runs before a page's own scripts, from outside: the page's policy does not see it. tests/browser/witness.py hears it.
(() => {
  /** @param {string} kind @param {unknown} what */
  const tell = (kind, what) => window.__witness(kind, String(what))
  const look = () => {
    tell('title', document.title)
    tell('history', history.length)
  }
  addEventListener('securitypolicyviolation', (event) => {
    tell('policy', `${event.violatedDirective} ${event.blockedURI}`)
  })
  addEventListener('DOMContentLoaded', () => {
    look()
    new MutationObserver(look).observe(document.head, { subtree: true, childList: true, characterData: true })
  })
  const push = history.pushState.bind(history)
  history.pushState = (...all) => {
    tell('pushed', all[2] ?? '')
    return push(...all)
  }
  if (window.Notification) {
    const ask = Notification.requestPermission.bind(Notification)
    Notification.requestPermission = (...all) => {
      tell('notification', 'asked')
      return ask(...all)
    }
  }
})()
