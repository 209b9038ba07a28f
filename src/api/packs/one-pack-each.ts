import { ApiError } from '../http/errors.ts'

/**
 * One pack at a time for each caller: it holds a workbook in memory while it is sent, and a second press would only take as long again.
 * Within one API process.
 */
export function onePackEach() {
  const making = new Set<string>()
  return {
    /** @returns what ends it @throws ApiError 429 while another of theirs is being made */
    begin(caller: string): () => void {
      if (making.has(caller))
        throw new ApiError(
          429,
          'pack-under-way',
          '您的另一个资料包还在制作:请等它下载完,或先取消那次下载,再来一次。',
        )
      making.add(caller)
      return () => void making.delete(caller)
    },
  }
}
