/** The file of an item, which a list does not begin with: it is fetched once the rows stand there. */
export const loadItem = () => import('../item/item-view.vue')
