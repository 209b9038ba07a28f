import type { Worker } from 'node:worker_threads'
import { FileRefused, refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'
import type { WorkbookKind, WorkerAnswer, WorkerRequest } from './workbook.ts'
import { startWorker } from './worker-start.ts'

type Waiting = { resolve(answer: WorkerAnswer): void; reject(error: Error): void; timer: NodeJS.Timeout }

/** The thread that reads one workbook. Questions are answered in their order. */
export class WorkbookThread {
  readonly #worker: Worker
  readonly #answerMs: number
  #waiting: Waiting[] = []
  #failure: Error | null = null

  constructor(kind: WorkbookKind, answerMs: number = LIMITS.answerMs) {
    this.#answerMs = answerMs
    this.#worker = startWorker(kind)
    this.#worker.on('message', (answer: WorkerAnswer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#fail(refusalOfThread(error) ?? error))
    this.#worker.on('exit', () => this.#fail(new Error('the thread of a workbook has ended')))
  }

  /** @throws FileRefused what the thread refused; also when it needs too much memory or time */
  ask(request: WorkerRequest, transfer: ArrayBuffer[] = []): Promise<WorkerAnswer> {
    if (this.#failure) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(refused('workbook-too-big')), this.#answerMs)
      this.#waiting.push({ resolve, reject, timer })
      this.#worker.postMessage(request, transfer)
    })
  }

  async close(): Promise<void> {
    this.#failure ??= new Error('the thread of a workbook is closed')
    for (const { timer } of this.#waiting) clearTimeout(timer)
    await this.#worker.terminate()
  }

  #settle(answer: WorkerAnswer): void {
    const next = this.#waiting.shift()
    if (next === undefined) return
    clearTimeout(next.timer)
    if ('refused' in answer) next.reject(new FileRefused(answer.refused.code, answer.refused.message))
    else if ('failed' in answer) next.reject(new Error(`a workbook could not be read: ${answer.failed}`))
    else next.resolve(answer)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      reject(this.#failure)
    }
  }
}

function refusalOfThread(error: Error): FileRefused | null {
  const code = 'code' in error ? error.code : ''
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? refused('workbook-too-big') : null
}
