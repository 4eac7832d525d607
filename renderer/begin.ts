/**
 * What the document itself shows is painted before the code of the page, which takes a while, is read. A page that is not shown gets no frame to paint
 * in: there it is read at once.
 */
const painted =
  document.visibilityState === 'visible' ? new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))) : Promise.resolve()

void painted.then(() => import('./main.tsx'))
