/** The two tones of a call: hertz, and when each begins, in seconds. */
const TONES = [
  [784, 0],
  [523, 0.35],
] as const;

/** Sounds twice, softly falling; where the system gives no sound, the board is read. */
export function chime(): void {
  if (typeof AudioContext === "undefined") return;
  const sound = new AudioContext();
  for (const [hertz, begins] of TONES) {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    const at = sound.currentTime + begins;
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0.4, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.8);
    tone.connect(loudness).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.8);
  }
  setTimeout(() => void sound.close(), 2000);
}
