/** As many characters a password has at least; the rest of the rules is the server's. */
export const leastPasswordLength = 8;
