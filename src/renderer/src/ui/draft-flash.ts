/** The one message about drafts: a newer one takes the place of the older, whatever contract it is of. */
export const draftFlash = 'draft';
