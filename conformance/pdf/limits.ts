// What reading and judging one file may cost. The files come from systems under test: without limits a few kilobytes
// can ask for hours and gigabytes (`lab/robustness/pdf` has 96 such files). Reports are far below each limit.

const MiB = 2 ** 20

/** What the process that reads a file may take. `judge --timeout` and `--memory` change them. */
export interface SandboxLimits {
  /** Processor time of one task. By the clock it may take ten times as long, since machines are busy. */
  timeoutMs: number
  /** Resident memory of the process that does the work; Node and pdf.js take some 120 of it. */
  memoryMb: number
}

/** As long as a request may take by default; four times the memory that Node and pdf.js take for any file. */
export const sandboxLimits: SandboxLimits = { timeoutMs: 30_000, memoryMb: 512 }

/** What reading the objects of one file may cost. Where one is reached, reading stops and the structure says so. */
export interface StructureLimits {
  /** Characters of PDF syntax that may be read, repeated reading included. */
  syntax: number
  /** Decoded bytes of one stream. */
  perStream: number
  /** Decoded bytes of all streams together. */
  decoded: number
  /** Objects that all cross-reference sections together may list. */
  objects: number
  /** Arrays and dictionaries inside each other. */
  depth: number
}

/** What they admit together fits into the memory of the sandbox. */
export const structureLimits: StructureLimits = {
  syntax: 256 * MiB,
  perStream: 64 * MiB,
  decoded: 256 * MiB,
  objects: 1_000_000,
  depth: 500,
}

/** A larger file is refused: V8 holds no string of more than 512 MiB, and the file is read as one. */
export const longestFile = 256 * MiB

/** Filters of one stream. Each may multiply the data by a thousand, and no writer uses more than two. */
export const mostFilters = 8

/** References that lead to references; a chain of more is a circle. */
export const longestReferenceChain = 32

/** Characters of a name whose `#xx` escapes are decoded. ISO 32000-1 annex C allows names of 127 bytes. */
export const longestName = 1000

/** Bytes of a text string that are decoded. */
export const longestTextString = 65_536

/** Bytes of the XMP packet that are read. */
export const longestXmp = MiB

/** Decoded bytes of a gzip file in place of a PDF, in which a PDF is looked for. */
export const longestGunzipped = 64 * MiB

/** `trailer` keywords that are tried, from the end, where the cross-reference is lost. */
export const mostTrailers = 16

/** Faults of cross-reference sections that are reported one by one. */
export const mostReportedFaults = 10

/** What the pass over all objects keeps; the result is copied from process to process. */
export const surveyLimits = {
  /** Of each kind: active content, references outside, fonts, attachments. */
  listed: 1000,
  /** Bytes of all attachments together. */
  attached: 16 * MiB,
  /** Text strings, and bytes of each. */
  strings: 10_000,
  stringBytes: 1000,
}

/** Quantities that the JSON report lists where two readings take them for different figures. */
export const mostDisputed = 500

/** Pages that are drawn as pictures. */
export const mostPictures = 200

/** Results that a reader keeps: more than the checks of a run need, so that a run finds each of its own. */
export const mostResults = 256
