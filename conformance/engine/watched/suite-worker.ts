import { allChecks } from '../../catalogue/catalogue.ts'
import { runInThread } from './suite-thread.ts'

await runInThread(allChecks)
