using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace VmSplice.Benchmarks.Harness;

/// <summary>The ratios of a suite as bars from 1: to the right where we are faster, to the left where we lose.</summary>
internal static class RatioPlot
{
    private const int Bar = 17;
    private const int Frame = 70;

    // Reads well on a light page and on a dark one.
    private static readonly OxyColor s_ink = OxyColor.FromRgb(0x84, 0x8d, 0x97);
    private static readonly OxyColor s_gain = OxyColor.FromRgb(0x1f, 0x6f, 0xeb);
    private static readonly OxyColor s_loss = OxyColor.FromRgb(0xd2, 0x6a, 0x1f);

    public static void Draw(Report report, string path)
    {
        using FileStream file = File.Create(path);
        new SvgExporter { Width = 860, Height = Frame + (Bar * Math.Max(1, report.Drawn.Count)) }.Export(Model(report), file);
    }

    private static PlotModel Model(Report report)
    {
        var model = new PlotModel
        {
            DefaultFont = "system-ui, DejaVu Sans, sans-serif",
            TextColor = s_ink,
            PlotAreaBorderThickness = new OxyThickness(0),
            PlotMargins = new OxyThickness(390, 4, 24, 44),
        };
        var cases = new CategoryAxis { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, TickStyle = TickStyle.None, FontSize = 11,
            GapWidth = 0.4 };
        var bars = new BarSeries();
        foreach (Ratio ratio in report.Drawn)
        {
            // The axis is logarithmic, so that half as fast is as far from the middle as twice as fast.
            cases.Labels.Add($"{ratio.Name}  {Cell.Number(ratio.Value, 2)}");
            bars.Items.Add(new BarItem(Math.Log2(Math.Max(ratio.Value, 0.01))) { Color = ratio.Value < 1 ? s_loss : s_gain });
        }

        double[] logarithms = [0, .. bars.Items.Select(static bar => bar.Value)];
        model.Axes.Add(cases);
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Minimum = Math.Floor(logarithms.Min()) - 0.1,
            Maximum = Math.Ceiling(logarithms.Max()) + 0.1,
            MajorStep = 1,
            MinorTickSize = 0,
            TickStyle = TickStyle.None,
            MajorGridlineStyle = LineStyle.Dot,
            MajorGridlineColor = s_ink,
            Title = "times as fast as the other side",
            LabelFormatter = static value => Cell.Number(Math.Pow(2, value), value < 0 ? 2 : 0),
        });
        model.Series.Add(bars);
        return model;
    }
}
