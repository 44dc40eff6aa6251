export const recorderVersion = "0.1.0";
