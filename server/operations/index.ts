import type { OperationId } from '../../spec/operation.ts'
import { exportOrganizationUsage } from './exportOrganizationUsage.ts'
import type { Handler } from './handler.ts'

export type Handlers = Record<OperationId, Handler>

/** One handler an operation of the contract; an operation without one does not compile. */
export const handlers: Handlers = { exportOrganizationUsage }
