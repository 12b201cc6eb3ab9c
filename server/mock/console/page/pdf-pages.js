import { element } from './elements.js'

/** Of one canvas. Large pages on dense screens are drawn less sharply instead of taking hundreds of megabytes. */
const mostPixels = 2 ** 24

let loaded
/** pdf.js, loaded when the first document is shown. */
async function loadLibrary() {
  try {
    loaded ??= await import('./pdfjs/pdf.min.mjs')
  } catch (error) {
    throw new Error(`The PDF viewer cannot be loaded (${error.message}).`)
  }
  loaded.GlobalWorkerOptions.workerSrc = new URL('./pdfjs/pdf.worker.min.mjs', import.meta.url).href
  return loaded
}

/**
 * Shows PDF files in a scrolling element, page by page. Only pages near the view are drawn; pages that stay show the
 * previous document until they are drawn again.
 */
export function createPages(container) {
  // What scrolls must be reached by keyboard.
  container.tabIndex = 0
  let library
  let worker
  let task
  let pdf
  let width = 0
  /** Pages near the view, each with what ends its drawing. */
  const near = new Map()

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) drawAgain(target)
        else drop(target)
      }
    },
    { root: container, rootMargin: '100% 0px' },
  )

  const drawAgain = (holder) => {
    near.get(holder)?.abort()
    const controller = new AbortController()
    near.set(holder, controller)
    return draw(holder, controller.signal).catch((error) => {
      if (controller.signal.aborted) return
      const text = `Page ${holder.dataset.page} cannot be drawn: ${error.message}`
      holder.replaceChildren(element('p', { class: 'error' }, text))
    })
  }

  const drop = (holder) => {
    near.get(holder)?.abort()
    near.delete(holder)
    holder.replaceChildren()
  }

  const draw = async (holder, signal) => {
    const page = await pdf.getPage(Number(holder.dataset.page))
    signal.throwIfAborted()
    const { width: pageWidth, height: pageHeight } = page.getViewport({ scale: 1 })
    holder.style.aspectRatio = `${pageWidth} / ${pageHeight}`
    const scale = holder.clientWidth / pageWidth
    const sharpest = Math.sqrt(mostPixels / (pageWidth * pageHeight))
    const density = Math.min(scale * devicePixelRatio, sharpest)
    const viewport = page.getViewport({ scale: density })
    const canvas = element('canvas', {
      width: Math.floor(viewport.width),
      height: Math.floor(viewport.height),
      'aria-hidden': 'true',
    })
    const drawing = page.render({ canvas, viewport })
    signal.addEventListener('abort', () => drawing.cancel())
    await drawing.promise
    const text = element('div', { class: 'page-text' })
    text.style.setProperty('--total-scale-factor', scale)
    const layer = new library.TextLayer({
      textContentSource: page.streamTextContent(),
      container: text,
      viewport: page.getViewport({ scale }),
    })
    signal.addEventListener('abort', () => layer.cancel())
    await layer.render()
    // Removes the canvas that it measured text with.
    library.TextLayer.cleanup()
    signal.throwIfAborted()
    holder.replaceChildren(canvas, text)
  }

  const resize = new ResizeObserver(() => {
    if (container.clientWidth === width || !pdf) return
    width = container.clientWidth
    for (const holder of near.keys()) drawAgain(holder)
  })
  resize.observe(container)

  /** Makes as many pages as the document has, all of the first one's size until they are drawn. */
  const layOut = async () => {
    const { width: pageWidth, height: pageHeight } = (await pdf.getPage(1)).getViewport({ scale: 1 })
    while (container.children.length > pdf.numPages) {
      observer.unobserve(container.lastChild)
      drop(container.lastChild)
      container.lastChild.remove()
    }
    for (let number = container.children.length + 1; number <= pdf.numPages; number += 1) {
      const holder = element('section', { class: 'page', 'data-page': number })
      holder.style.aspectRatio = `${pageWidth} / ${pageHeight}`
      container.append(holder)
      observer.observe(holder)
    }
    for (const holder of container.children) {
      holder.ariaLabel = `Page ${holder.dataset.page} of ${pdf.numPages}`
    }
    width = container.clientWidth
    await Promise.all([...near.keys()].map(drawAgain))
  }

  return {
    /** Shows a file and resolves with its number of pages. Rejects if it cannot be read. */
    async show(data, signal) {
      library = await loadLibrary()
      signal.throwIfAborted()
      worker ??= new library.PDFWorker()
      // Nothing is evaluated or compiled: the content security policy forbids it.
      const opening = library.getDocument({ data, worker, isEvalSupported: false, useWasm: false })
      const cancel = () => opening.destroy()
      signal.addEventListener('abort', cancel)
      const opened = await opening.promise
        .finally(() => signal.removeEventListener('abort', cancel))
        .catch((error) => {
          signal.throwIfAborted()
          throw new Error(`The report cannot be read: ${error.message}`)
        })
      signal.throwIfAborted()
      const previous = task
      task = opening
      pdf = opened
      await layOut()
      await previous?.destroy()
      return pdf.numPages
    },
    clear() {
      for (const holder of container.children) observer.unobserve(holder)
      for (const holder of near.keys()) drop(holder)
      container.replaceChildren()
      task?.destroy()
      task = undefined
      pdf = undefined
    },
  }
}
