/**
 * What comes to its value in more steps than this isn't followed: nobody could read where it's from, and what is made of it would
 * each have a longer list than the one before.
 */
export const MOST_ORIGINS = 40;
