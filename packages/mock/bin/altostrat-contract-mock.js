#!/usr/bin/env node
import { start } from './start.js'

await start('altostrat-contract-mock', 'mock-main')
