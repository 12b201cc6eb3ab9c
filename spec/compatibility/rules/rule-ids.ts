import { requestBodyRules, responseRules } from './body.ts'
import { lifecycleRules } from './lifecycle.ts'
import { operationRules } from './operation.ts'
import { parameterRules } from './parameter.ts'
import { schemaRules } from './schema.ts'
import { securityRules } from './security.ts'

/** The ids of all rules, as changes name them. */
export const ruleIds: string[] = [
  operationRules,
  parameterRules,
  requestBodyRules,
  responseRules,
  securityRules,
  schemaRules,
  lifecycleRules,
].flatMap((rules) => Object.keys(rules))
