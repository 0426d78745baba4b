// English: codes to scan, and the camera that reads them.

export const qr = {
  camera: "Camera picture",
  starting: "Starting the camera …",
  looking: "The camera is on, and only this page sees its picture. Hold the code inside the frame.",
  trouble: {
    refused: "The camera was refused. Allow it for this page in the browser’s settings, or type the code instead.",
    absent: "No camera was found on this device. Type the code instead.",
    busy: "Another program is using the camera. Close it and try again, or type the code instead.",
    unsupported: "This browser gives pages no camera. Type the code instead.",
  },
  again: "Try again",
};
