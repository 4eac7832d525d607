/**
 * What the document itself shows is painted before the code of the page, which takes a while, is read. A page that is not shown gets no frame to paint
 * in: there it is read at once.
 */
export {}

if (document.visibilityState === 'visible') await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
await import('./main.tsx')
