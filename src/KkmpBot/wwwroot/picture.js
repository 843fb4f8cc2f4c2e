// A phone's photo is made small, so that readers load it quickly; what cannot be read goes as it is, and the bot says what it takes.
const most = 200 * 1024;

export async function small(file) {
  const picture = file.size > most && await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  for (const side of [1280, 960, 640, 480]) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.8));
    if (made.size <= most) return new File([made], 'foto.jpg', { type: made.type });
  }
  return file;
}
