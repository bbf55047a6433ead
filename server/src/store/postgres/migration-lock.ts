/** The lock that a server holds while it changes the schema: “QLST”, as a number. */
export const migrationLock = 0x514c5354;
