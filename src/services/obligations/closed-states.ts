import { CLOSED_STATES } from '../../domain/obligation/vocabulary.ts'

/** The states of `isClosed`, as a list between the brackets of SQL's `in`. */
export const CLOSED = CLOSED_STATES.map((state) => `'${state}'`).join(', ')
