/** The ids that a number of a mail counted, as rows; none of null. The release before kept them as an array, this one joins them. @param value of `mails.counted` */
export function countedIds(value: string): string {
  return `select jsonb_array_elements_text(${value}) where jsonb_typeof(${value}) = 'array'
          union all select string_to_table(${value} #>> '{}', ',') where jsonb_typeof(${value}) = 'string'`
}
