/** The half of pdf.js that reads files. Its package has no types for it. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: {
    /** Answers the messages that come through a port. */
    initializeFromPort(port: object): void
  }
}
