import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { rendered, report } from './vitest.sample.ts'

/** The sample with every finding on another line. */
const atLine = (line: number) => ({
  ...report,
  parts: report.parts.map((part) => ({
    ...part,
    checks: part.checks.map((check) => ({
      ...check,
      findings: check.findings.map((finding) => ({ ...finding, place: { ...finding.place!, line } })),
    })),
  })),
})

describe('sarif', () => {
  const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } }
  /** What SARIF 2.1.0 requires (§3.13, §3.14, §3.18, §3.20, §3.27), and a line, which code scanning needs. */
  const required = {
    type: 'object',
    required: ['version', 'runs', '$schema'],
    properties: {
      version: { const: '2.1.0' },
      runs: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['tool', 'results'],
          properties: {
            tool: {
              type: 'object',
              required: ['driver'],
              properties: {
                driver: {
                  type: 'object',
                  required: ['name', 'rules'],
                  properties: { rules: { type: 'array', uniqueItems: true, items: { required: ['id'] } } },
                },
              },
            },
            invocations: {
              type: 'array',
              items: {
                required: ['executionSuccessful'],
                properties: {
                  toolExecutionNotifications: {
                    type: 'array',
                    items: { required: ['message'], properties: { message: text } },
                  },
                },
              },
            },
            results: {
              type: 'array',
              items: {
                type: 'object',
                required: ['ruleId', 'message', 'locations'],
                properties: {
                  message: text,
                  level: { enum: ['none', 'note', 'warning', 'error'] },
                  locations: {
                    type: 'array',
                    minItems: 1,
                    items: {
                      required: ['physicalLocation'],
                      properties: {
                        physicalLocation: {
                          required: ['artifactLocation', 'region'],
                          properties: {
                            artifactLocation: {
                              required: ['uri'],
                              properties: { uri: { type: 'string', format: 'uri-reference' } },
                            },
                            region: {
                              required: ['startLine'],
                              properties: { startLine: { type: 'integer', minimum: 1 } },
                            },
                          },
                        },
                      },
                    },
                  },
                  suppressions: {
                    type: 'array',
                    items: { required: ['kind'], properties: { kind: { enum: ['inSource', 'external'] } } },
                  },
                },
              },
            },
          },
        },
      },
    },
  }

  test('has what the standard requires', () => {
    const ajv = new Ajv({ allErrors: true, strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(required)
    validate(JSON.parse(rendered('sarif')))
    expect(validate.errors).toBeNull()
  })

  test('places findings at their lines, suppresses what is accepted, and leaves out what is harmless', () => {
    const [run] = JSON.parse(rendered('sarif')).runs
    const seen = run.results.map(({ ruleIndex, level, locations, suppressions }: never) => [
      run.tool.driver.rules[ruleIndex].id,
      level,
      (locations as { physicalLocation: { region: object } }[])[0]?.physicalLocation.region,
      suppressions !== undefined,
    ])
    const region = { startLine: 42 }
    expect(seen).toEqual([
      ['change/operation-removed', 'error', region, false],
      ['change/operation-renamed', 'warning', region, false],
      ['change/operation-removed', 'note', region, true],
    ])
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1)
    const fingerprints = run.results.map(
      ({ partialFingerprints }: never) => Object.values(partialFingerprints)[0],
    )
    expect(new Set(fingerprints).size).toBe(3)
    const [moved] = JSON.parse(rendered('sarif', atLine(7))).runs
    expect(moved.results[0].partialFingerprints).toEqual(run.results[0].partialFingerprints)
  })
})
