/** So often what is in sight is asked for anew, to follow what others do; a page that is out of sight asks nothing, and anew as it is looked at again. */
export const FOLLOWS_MS = 20_000
