/** What was answered for a file before: the next one of the run need not be asked, or is asked with it. */
export type Choices = {
  silent?: boolean
  errors?: boolean
  /** Whether a file was told: explanations are not told again. */ told?: boolean
  /** Whether the run has several files: what holds for all of them is told at its end. */ several?: boolean
  /** The tables of refused rows, by the import. */ tables?: Record<string, string>
  /** The fields of columns in files that were registered, by the name of the column. */ columns?: Record<
    string,
    string
  >
}
