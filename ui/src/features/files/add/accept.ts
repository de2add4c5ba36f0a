/** What the system’s window offers first; what a file is, the program finds out by its bytes. */
export const ACCEPT = ".jpg,.jpeg,.png,.webp,.tif,.tiff,.pdf,.dcm,.txt,image/*,application/pdf";
