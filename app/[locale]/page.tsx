export default function CourseMapPage() {
  return (
    <main>
      <h1>Hopwise</h1>
    </main>
  );
}
